/**
 * Requests made from the served OpenAPI document: for each operation the parameters and bodies it describes, now nearly
 * right, now hostile, by any method and by any role.
 */
import fc from 'fast-check';

interface Schema {
  type?: string | string[];
  format?: string;
  pattern?: string;
  enum?: unknown[];
  const?: unknown;
  properties?: Record<string, Schema>;
  required?: string[];
  items?: Schema;
  anyOf?: Schema[];
  oneOf?: Schema[];
  allOf?: Schema[];
  minimum?: number;
  maximum?: number;
  $ref?: string;
}
interface Operation {
  parameters?: { name: string; in: string; schema: Schema }[];
  requestBody?: { content: Record<string, { schema: Schema }> };
}
export interface Document {
  paths: Record<string, Record<string, Operation>>;
}

export interface Shot {
  method: string;
  path: string;
  headers: Record<string, string>;
  body: string | undefined;
  /** Index into the roles of the test. */
  who: number;
}

/** What breaks parsers: signs of SQL, JSON, paths and encodings, numbers at their ends, dates that never were. */
const hostileText = fc.oneof(
  fc.constantFrom(
    ...["'", '"', "' OR 1=1 --", '%', '%_%', '*', '\u0000', '\ufeff', '\u202e', '../../etc/passwd', '..\\..\\x'],
    ...['__proto__', 'constructor', 'toString', 'null', 'undefined', 'NaN', '1e309', '-0', '9007199254740993', '=1+1'],
    ...['2022-02-30', '0000-00-00', '9999-12-31', '+275760-09-13', '<script>alert(1)</script>', '${7*7}', '{{7*7}}'],
    'x'.repeat(3000),
  ),
  fc.string({ maxLength: 30 }),
  fc.string({ unit: 'binary', maxLength: 8 }),
  fc.double().map(String),
);
const hostileValue: fc.Arbitrary<unknown> = fc.oneof(
  hostileText,
  fc.constantFrom<unknown>(null, true, [], {}, [[]], -1, 0, 1.5, 1e308, -1e-320, 2 ** 53, [null], { $ne: null }),
  fc.jsonValue({ maxDepth: 2 }),
);
/** Half a surrogate pair cannot be carried by the wire. */
const wellFormed = (text: string) => text.replace(/\p{Surrogate}/gu, '');

/** Of what an operation describes, something that mostly fits; `known` = values that exist, by the name they go under. */
function valueOf(schema: Schema, name: string, known: Known, depth = 0): fc.Arbitrary<unknown> {
  const existing = known[name];
  if (existing?.length && depth < 5) return fc.constantFrom(...existing);
  if (schema.const !== undefined) return fc.constant(schema.const);
  if (schema.enum) return fc.constantFrom(...schema.enum);
  const several = schema.anyOf ?? schema.oneOf ?? schema.allOf;
  if (several?.length) return fc.oneof(...several.map((one) => valueOf(one, '', known, depth + 1)));
  const type = Array.isArray(schema.type) ? schema.type[0] : schema.type;
  switch (type) {
    case 'object':
      return fc.record(
        Object.fromEntries(
          Object.entries(schema.properties ?? {}).map(([key, inner]) => [key, valueOf(inner, key, known, depth + 1)]),
        ),
        { requiredKeys: (schema.required ?? []).filter((key) => key in (schema.properties ?? {})) },
      );
    case 'array':
      return depth > 6
        ? fc.constant([])
        : fc.array(valueOf(schema.items ?? {}, name.replace(/s$/, ''), known, depth + 1), { maxLength: 3 });
    case 'integer': {
      const min = schema.minimum ?? -5;
      // Years begin high.
      return fc.integer({ min, max: Math.min(schema.maximum ?? Math.max(200, min), Math.max(500, min + 500)) });
    }
    case 'number':
      return fc.double({ min: schema.minimum ?? -200, max: schema.maximum ?? 200, noNaN: true });
    case 'boolean':
      return fc.boolean();
    case 'null':
      return fc.constant(null);
    default:
      if (schema.format === 'date') return fc.constantFrom('2022-11-04', '2022-09-27', '2025-07-01', '1995-10-28');
      return fc.constantFrom('chùa', '00097', 'x', 'Trần Phú');
  }
}

export type Known = Record<string, readonly unknown[]>;

export function shots(document: Document, known: Known, roles: number): fc.Arbitrary<Shot> {
  const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ path, method: method.toUpperCase(), operation })),
  );
  const mostly = <T>(right: fc.Arbitrary<T>, wrong: fc.Arbitrary<T>) =>
    fc.oneof({ weight: 5, arbitrary: right }, { weight: 1, arbitrary: wrong });
  const methods = fc.constantFrom('GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS');
  const ofOperation = ({ path, method, operation }: (typeof operations)[number]): fc.Arbitrary<Shot> => {
    const parameters = operation.parameters ?? [];
    const schema = operation.requestBody?.content['application/json']?.schema;
    const text = (one: fc.Arbitrary<unknown>) =>
      one.map((value) => wellFormed(typeof value === 'string' ? value : (JSON.stringify(value) ?? '')));
    const inPath = [...path.matchAll(/\{(\w+)\}/g)].map((match) => match[1] ?? '');
    const body = schema
      ? mostly(valueOf(schema, '', known), fc.oneof(hostileValue, spoiled(valueOf(schema, '', known))))
      : fc.constant(undefined);
    return fc
      .record({
        method: mostly(fc.constant(method), methods),
        inPath: fc.tuple(
          ...inPath.map((name) =>
            mostly(text(fc.constantFrom(...(known[`${path} ${name}`] ?? known[name] ?? ['x']))), hostileText),
          ),
        ),
        query: fc.tuple(
          ...parameters
            .filter((one) => one.in === 'query')
            .map((one) =>
              fc.option(
                mostly(text(valueOf(one.schema, one.name, known)), hostileText).map((v) => [one.name, v] as const),
              ),
            ),
        ),
        ifMatch: mostly(fc.constantFrom('"1"', '"2"', '"3"'), fc.constantFrom('W/"1"', '*', '"x"', undefined)),
        body,
        raw: fc.option(fc.constantFrom('', '{', '"', '[1', '{"__proto__":{}}', '\u0000', '{"a":1e999}'), { freq: 12 }),
        type: mostly(
          fc.constant('application/json'),
          fc.constantFrom('text/plain', 'application/json; charset=utf-16', 'multipart/form-data; boundary=x', ''),
        ),
        accept: fc.constantFrom('application/json', 'text/event-stream', '*/*', 'text/csv'),
        // The last, who may write the most, twice as often.
        who: fc.nat(roles).map((who) => Math.min(who, roles - 1)),
      })
      .map(({ inPath: values, query, ifMatch, raw, type, accept, ...rest }) => {
        let index = 0;
        const filled = path.replace(
          /\{\w+\}/g,
          () => encodeURIComponent(wellFormed(String(values[index++] ?? 'x'))) || 'x',
        );
        const search = query.flatMap((pair) =>
          pair ? [`${pair[0]}=${encodeURIComponent(wellFormed(String(pair[1])))}`] : [],
        );
        const writes = !['GET', 'HEAD'].includes(rest.method);
        const sent = raw ?? (rest.body === undefined ? '{}' : JSON.stringify(rest.body));
        return {
          method: rest.method,
          path: search.length > 0 ? `${filled}?${search.join('&')}` : filled,
          headers: {
            accept,
            ...(writes && { 'content-type': type }),
            ...(ifMatch && { 'if-match': ifMatch }),
          },
          body: writes ? sent : undefined,
          who: rest.who,
        };
      });
  };
  // Writes three times as often: they have more to get wrong.
  return fc.oneof(...operations.map((one) => ({ weight: one.method === 'GET' ? 1 : 3, arbitrary: ofOperation(one) })));
}

/** A right body with one value changed into anything, or one key too many. */
const spoiled = (right: fc.Arbitrary<unknown>): fc.Arbitrary<unknown> =>
  fc.tuple(right, hostileValue, hostileText, fc.nat()).map(([value, wrong, key, at]) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return wrong;
    const keys = Object.keys(value);
    const changed = at % 2 === 0 && keys.length > 0 ? keys[at % keys.length] : key;
    return { ...value, [changed as string]: wrong };
  });
