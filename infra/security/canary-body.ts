import { z } from 'zod';

/** The part of JSON Schema that our OpenAPI documents use. */
export interface JsonSchema {
  readonly $ref?: string | undefined;
  readonly type?: string | readonly string[] | undefined;
  readonly format?: string | undefined;
  readonly enum?: readonly unknown[] | undefined;
  readonly const?: unknown;
  readonly pattern?: string | undefined;
  readonly maxLength?: number | undefined;
  readonly minimum?: number | undefined;
  readonly properties?: Readonly<Record<string, JsonSchema>> | undefined;
  readonly items?: JsonSchema | undefined;
  readonly anyOf?: readonly JsonSchema[] | undefined;
  readonly oneOf?: readonly JsonSchema[] | undefined;
  readonly allOf?: readonly JsonSchema[] | undefined;
}

const JsonSchemaSchema: z.ZodType<JsonSchema> = z.lazy(() =>
  z.object({
    $ref: z.string().optional(),
    type: z.union([z.string(), z.array(z.string())]).optional(),
    format: z.string().optional(),
    enum: z.array(z.unknown()).optional(),
    const: z.unknown().optional(),
    pattern: z.string().optional(),
    maxLength: z.number().optional(),
    minimum: z.number().optional(),
    properties: z.record(z.string(), JsonSchemaSchema).optional(),
    items: JsonSchemaSchema.optional(),
    anyOf: z.array(JsonSchemaSchema).optional(),
    oneOf: z.array(JsonSchemaSchema).optional(),
    allOf: z.array(JsonSchemaSchema).optional(),
  }),
);

/** An operation that takes a body. */
export interface Command {
  readonly path: string;
  readonly body: JsonSchema;
}

const DocumentSchema = z.object({
  paths: z.record(
    z.string(),
    z.record(
      z.string(),
      z.object({
        requestBody: z
          .object({ content: z.record(z.string(), z.object({ schema: JsonSchemaSchema })) })
          .optional(),
      }),
    ),
  ),
  components: z.object({ schemas: z.record(z.string(), JsonSchemaSchema).default({}) }),
});

/** A party's OpenAPI document, as far as commands go. */
export class CommandsOf {
  private constructor(
    readonly commands: readonly Command[],
    private readonly named: Readonly<Record<string, JsonSchema>>,
  ) {}

  /** Throws for a document that is none. */
  static read(document: unknown): CommandsOf {
    const { paths, components } = DocumentSchema.parse(document);
    const commands = Object.entries(paths).flatMap(([path, methods]) => {
      const schema = methods['post']?.requestBody?.content['application/json']?.schema;
      return methods['post'] === undefined ? [] : [{ path, body: schema ?? {} }];
    });
    return new CommandsOf(commands, components.schemas);
  }

  /**
   * A body of the command's own shape, in which every text that a person may write is a word of `word`, named by where it
   * stands; `choose` decides among alternatives, and `known` gives what must exist already, by the name of its property.
   */
  bodyFor(
    { path, body }: Command,
    given: {
      readonly word: (field: string) => string;
      readonly choose: (count: number) => number;
      readonly known: Readonly<Record<string, unknown>>;
    },
  ): unknown {
    const write = (schema: JsonSchema, at: string, name: string, depth: number): unknown => {
      if (Object.hasOwn(given.known, name)) return given.known[name];
      if (schema.$ref !== undefined) {
        const found = this.named[schema.$ref.split('/').at(-1) ?? ''];
        return found === undefined ? given.word(at) : write(found, at, name, depth);
      }
      const alternatives = schema.anyOf ?? schema.oneOf;
      if (alternatives !== undefined) {
        const one = alternatives[given.choose(alternatives.length)];
        return one === undefined ? null : write(one, at, name, depth);
      }
      if (schema.allOf !== undefined) {
        const parts = schema.allOf.map((one) => write(one, at, name, depth));
        return Object.assign({}, ...parts.filter((one) => typeof one === 'object'));
      }
      if (schema.const !== undefined) return schema.const;
      if (schema.enum !== undefined) return schema.enum[given.choose(schema.enum.length)];
      const type = typeof schema.type === 'string' ? schema.type : schema.type?.[0];
      switch (type ?? 'string') {
        case 'object':
          return Object.fromEntries(
            Object.entries(depth > 8 ? {} : (schema.properties ?? {})).map(([key, inner]) => [
              key,
              write(inner, `${at}.${key}`, key, depth + 1),
            ]),
          );
        case 'array':
          return schema.items === undefined || depth > 8
            ? []
            : [write(schema.items, `${at}[]`, name, depth + 1)];
        case 'integer':
        case 'number':
          return Math.max(1, schema.minimum ?? 1);
        case 'boolean':
          return given.choose(2) === 1;
        case 'null':
          return null;
        default:
          return schema.format === 'date-time' ? new Date().toISOString() : given.word(at);
      }
    };
    return write(body, path, '', 0);
  }
}
