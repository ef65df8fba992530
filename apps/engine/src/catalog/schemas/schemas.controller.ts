import { Controller, Inject } from '@nestjs/common';
import { In, Route, type Input } from '../../platform/http/index.js';
import { catalogRoutes as routes } from '../routes.js';
import { compatibility } from './compatibility.js';
import { SchemaBook, type SchemaFacts } from './schema-book.store.js';
import { SchemaUses } from './uses.store.js';

@Controller()
export class SchemasController {
  constructor(
    @Inject(SchemaBook) private readonly schemas: SchemaBook,
    @Inject(SchemaUses) private readonly uses: SchemaUses,
  ) {}

  @Route(routes.listSchemas)
  async list() {
    const [uses, connectors] = [await this.uses.all(), await this.uses.connectors()];
    const items = this.schemas.list().map((schema) => {
      const own = uses.filter(({ kind, name }) => kind === schema.kind && name === schema.name);
      return {
        ...told(schema),
        inUse: schema.connector === null || connectors.has(schema.connector),
        flows: new Set(own.map(({ flow }) => flow)).size,
        mappings: new Set(own.map(({ mapping }) => mapping)).size,
      };
    });
    return { items, next: null };
  }

  @Route(routes.getSchema)
  find(@In() { params: { kind, name } }: Input<typeof routes.getSchema>) {
    return this.schemas.named(kind, name).schema;
  }

  @Route(routes.listSchemaConsumers)
  async consumers(@In() { params: { kind, name } }: Input<typeof routes.listSchemaConsumers>) {
    const uses = await this.uses.of(this.schemas.named(kind, name));
    return { items: uses.map(({ flow, state, mapping, side }) => ({ flow, state, mapping, side })), next: null };
  }

  @Route(routes.listSchemaVersions)
  versions(@In() { params: { kind, name } }: Input<typeof routes.listSchemaVersions>) {
    const versions = this.schemas.versionsOf(this.schemas.named(kind, name));
    const items = versions.map((version, n) => {
      const before = versions[n + 1];
      return { ...told(version), compatibility: before ? compatibility(before.schema, version.schema) : null };
    });
    return { items, next: null };
  }
}

const told = ({ name, title, kind, version, connector }: SchemaFacts) => ({ name, title, kind, version, connector });
