import { Inject, Injectable } from '@nestjs/common';
import type { JsonSchema } from '@waybill/sdk';
import { Ajv, type ValidateFunction } from 'ajv';
import addFormatsModule from 'ajv-formats';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { problemsOf } from '../../platform/http/index.js';
import { Problem, type ProblemItem } from '../../platform/problems/index.js';
import { installedConnectors } from '../connections/installed.js';
import type { SchemaKind } from './uses.js';

export const PACKS_DIR = Symbol('folder of the packs and the canonical model');
const addFormats = addFormatsModule as unknown as (ajv: Ajv) => void;

export interface SchemaFacts {
  name: string;
  title: string;
  kind: SchemaKind;
  /** Whose stream or operation it is; null: a canonical type. */
  connector: string | null;
  /** Major version of a canonical type; null: the connector has one at a time. */
  version: number | null;
  schema: JsonSchema;
}

/** Every schema that a flow can name: canonical types `invoice@1`, streams `stripe/invoices` (also `stripe/invoice`), operations `tryton/invoice`. */
@Injectable()
export class SchemaBook {
  private readonly schemas = new Map<string, SchemaFacts>();
  private readonly operations = new Map<string, SchemaFacts>();
  private readonly compiled = new Map<JsonSchema, ValidateFunction>();
  private readonly ajv = new Ajv({ allErrors: true, strict: false, logger: false, validateFormats: true });

  constructor(@Inject(PACKS_DIR) packsDir: string) {
    addFormats(this.ajv);
    for (const format of ['unix-time', 'decimal']) this.ajv.addFormat(format, true);
    const folder = join(packsDir, 'canonical');
    for (const file of readdirSync(folder).filter((f) => f.endsWith('.schema.json'))) {
      const [, type, major] = /^(.+)\.v(\d+)\.schema\.json$/.exec(file) as unknown as [string, string, string];
      const schema = JSON.parse(readFileSync(join(folder, file), 'utf8')) as JsonSchema;
      const name = `${type}@${major}`;
      this.schemas.set(name, {
        name,
        title: String(schema['title'] ?? type),
        kind: 'canonical',
        connector: null,
        version: Number(major),
        schema,
      });
    }
    for (const connector of installedConnectors.values()) {
      for (const [name, stream] of Object.entries(connector.streams)) {
        const full = `${connector.name}/${name}`;
        const title = `${connector.title}: ${stream.title}`;
        this.schemas.set(full, { name: full, title, kind: 'source', connector: connector.name, version: null, schema: stream.schema });
      }
      for (const [name, operation] of Object.entries(connector.operations)) {
        const full = `${connector.name}/${name}`;
        this.operations.set(full, {
          name: full,
          title: `${connector.title}: ${operation.title}`,
          kind: 'operation',
          connector: connector.name,
          version: null,
          schema: operation.input,
        });
      }
    }
  }

  list(): SchemaFacts[] {
    return [...this.schemas.values(), ...this.operations.values()];
  }

  find(name: string): SchemaFacts | undefined {
    return this.schemas.get(name) ?? this.schemas.get(`${name}s`);
  }

  /** By the words of an address, where a dot stands for the slash. */
  named(kind: string, name: string): SchemaFacts {
    const found = this.list().find((schema) => schema.kind === kind && schema.name.replace('/', '.') === name.replace('/', '.'));
    if (!found)
      throw new Problem('NOT_FOUND', `There is no ${kind} schema ${name}.`, {
        remedy: 'Write a dot for the slash: /v1/schemas/source/stripe.invoices.',
      });
    return found;
  }

  /** The versions of a canonical type, newest first; of what a connector declares there is one. */
  versionsOf({ kind, name }: SchemaFacts): SchemaFacts[] {
    const type = name.split('@')[0];
    return this.list()
      .filter((schema) => schema.kind === kind && (kind === 'canonical' ? schema.name.split('@')[0] === type : schema.name === name))
      .sort((a, b) => (b.version ?? 0) - (a.version ?? 0));
  }

  operation(connector: string, operation: string): SchemaFacts | undefined {
    return this.operations.get(`${connector}/${operation}`);
  }

  /** Where a value does not fit, at most `most` places. */
  problems(schema: JsonSchema, value: unknown, most = 20): ProblemItem[] {
    let validate = this.compiled.get(schema);
    if (!validate) {
      const { $id: _, ...anonymous } = schema;
      validate = this.ajv.compile(anonymous);
      this.compiled.set(schema, validate);
    }
    return validate(value) ? [] : problemsOf(validate.errors ?? []).slice(0, most);
  }
}
