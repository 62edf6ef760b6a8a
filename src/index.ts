/** The app's table of contents: one export for each function of the manifest, in its order. */
export { onEvent, onLifecycle } from './events/functions';
export { live, work, tick, beforeUninstallation } from './sync/functions';
export { resolve } from './views/resolver';
