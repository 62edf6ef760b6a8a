/** The public door of the local Forge store. */
export type { StoreAnswer } from './answers';
export { EntityDefinitionError, entityDefinition, type EntityDefinition } from './entity-schema';
export { ForgeStore, type ForgeStoreOptions, type StoredRow } from './forge-store';
export type { MinuteUsage, StoreUsage } from './rates';
