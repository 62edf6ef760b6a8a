/** The bodies that `@forge/kvs` sends, parsed strictly: what is not listed here is not modelled. */
import { z } from 'zod';
import { invalidRequest, notModelled } from './answers';
import { conditionsBody, rangeOperator } from './conditions';

const metadataFields = z.array(z.enum(['CREATED_AT', 'UPDATED_AT', 'EXPIRE_TIME'])).readonly();

/** Metadata that a request asks for beside the value. */
export type MetadataFields = z.infer<typeof metadataFields>;

const readOptions = z.strictObject({ metadataFields: metadataFields.optional() });

const timeToLive = z.strictObject({
  value: z.number(),
  unit: z.enum(['SECONDS', 'MINUTES', 'HOURS', 'DAYS']),
});

const setOptions = z
  .strictObject({
    ttl: timeToLive.optional(),
    keyPolicy: z.enum(['OVERRIDE', 'FAIL_IF_EXISTS']).optional(),
    returnValue: z.enum(['PREVIOUS', 'LATEST']).optional(),
    returnMetadataFields: metadataFields.optional(),
  })
  .refine((options) => options.returnValue === undefined || options.keyPolicy === 'OVERRIDE', {
    message: 'returnValue needs keyPolicy OVERRIDE',
  });

function onSingleSetOnly(option: string): z.ZodOptional<z.ZodUndefined> {
  return z
    .undefined({ error: `${option} works on a single set only, not in a batch or transaction` })
    .optional();
}

const itemSetOptions = z.strictObject({
  ttl: timeToLive.optional(),
  keyPolicy: onSingleSetOnly('keyPolicy'),
  returnValue: onSingleSetOnly('returnValue'),
  returnMetadataFields: onSingleSetOnly('returnMetadataFields'),
});

const plainKey = { key: z.string() };
const entityKey = { key: z.string(), entityName: z.string() };
const eitherKey = { key: z.string(), entityName: z.string().optional() };

/** Body of `/get` and `/secret/get`. */
export const getBody = z.strictObject({ ...plainKey, options: readOptions.optional() });
/** Body of `/set` and `/secret/set`. */
export const setBody = z.strictObject({
  ...plainKey,
  value: z.unknown().optional(),
  options: setOptions.optional(),
});
/** Body of `/delete` and `/secret/delete`. */
export const deleteBody = z.strictObject(plainKey);
/** Body of `/entity/get`. */
export const entityGetBody = z.strictObject({ ...entityKey, options: readOptions.optional() });
/** Body of `/entity/set`. */
export const entitySetBody = z.strictObject({
  ...entityKey,
  value: z.unknown().optional(),
  options: setOptions.optional(),
});
/** Body of `/entity/delete`. */
export const entityDeleteBody = z.strictObject(entityKey);

/** Body of `/query`. */
export const queryBody = z.strictObject({
  limit: z.number().optional(),
  after: z.string().optional(),
  where: z
    .array(
      z.strictObject({
        property: z.literal('key', { error: 'a query of the Key-Value Store works on the key only' }),
        condition: z.literal('BEGINS_WITH', {
          error: 'a query of the Key-Value Store knows beginsWith only',
        }),
        values: z.array(z.string()).length(1),
      }),
    )
    .max(1, 'there may only be a single where condition')
    .optional(),
  options: readOptions.optional(),
});

/** Body of `/entity/query`. */
export const entityQueryBody = z.strictObject({
  entityName: z.string(),
  indexName: z.string(),
  partition: z.array(z.unknown()).readonly().optional(),
  range: z.strictObject({ condition: rangeOperator, values: z.array(z.unknown()).readonly() }).optional(),
  filters: conditionsBody.optional(),
  sort: z.enum(['ASC', 'DESC']).optional(),
  limit: z.number().optional(),
  cursor: z.string().optional(),
  options: readOptions.optional(),
  metadataFields: metadataFields.optional(),
});

/** Body of `/batch/get`. */
export const batchGetBody = z
  .array(z.strictObject({ ...eitherKey, options: readOptions.optional() }))
  .readonly();
/** Body of `/batch/set`. */
export const batchSetBody = z
  .array(z.strictObject({ ...eitherKey, value: z.unknown().optional(), options: itemSetOptions.optional() }))
  .readonly();
/** Body of `/batch/delete`. */
export const batchDeleteBody = z.array(z.strictObject(eitherKey)).readonly();

/** Body of `/transaction`. */
export const transactionBody = z.strictObject({
  set: z
    .array(
      z.strictObject({
        ...eitherKey,
        value: z.unknown().optional(),
        conditions: conditionsBody.optional(),
        options: itemSetOptions.optional(),
      }),
    )
    .readonly()
    .optional(),
  delete: z
    .array(z.strictObject({ ...eitherKey, conditions: conditionsBody.optional() }))
    .readonly()
    .optional(),
  check: z
    .array(z.strictObject({ ...eitherKey, conditions: conditionsBody }))
    .readonly()
    .optional(),
});

/** A single set, of a plain key, a secret or an entity. */
export type SetBody = z.infer<typeof setBody>;

/** Parses a body; a field that no schema names is answered as not modelled, anything else as a bad request. */
export function parseBody<Schema extends z.ZodType>(
  schema: Schema,
  path: string,
  body: unknown,
): z.infer<Schema> {
  const parsed = schema.safeParse(body);
  if (parsed.success) {
    return parsed.data;
  }
  for (const issue of parsed.error.issues) {
    if (issue.code === 'unrecognized_keys') {
      throw notModelled(`the field ${[...issue.path, issue.keys.join(', ')].join('.')} of ${path}`);
    }
  }
  throw invalidRequest(`The body of ${path} is not valid. ${z.prettifyError(parsed.error)}`);
}
