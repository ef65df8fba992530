import { secretFields, type JsonObject } from '@waybill/sdk';
import { installedConnectors } from '../../catalog/index.js';
import { isFromEnvironment, type Definitions } from './definitions.js';
import type { Finding } from './findings.js';

export type Environment = (name: string) => string | undefined;

const secretsOf = (connector: string): string[] => {
  const known = installedConnectors.get(connector);
  return known ? secretFields(known.settings) : [];
};

/** Settings that are no secrets, with their values: they can be compared. A number or a switch is read as one. */
export function withEnvironment(files: Definitions, environment: Environment): { files: Definitions; findings: Finding[] } {
  const findings: Finding[] = [];
  const connections = [...files.connections].map(([name, connection]) => {
    const secret = secretsOf(connection.connector);
    const settings: JsonObject = {};
    for (const [field, value] of Object.entries(connection.settings)) {
      if (!isFromEnvironment(value) || secret.includes(field)) {
        settings[field] = value;
        continue;
      }
      const text = environment(value.env);
      if (text === undefined) findings.push(unset(name, field, value.env));
      else settings[field] = ofType(connection.connector, field, text);
    }
    return [name, { ...connection, settings }] as const;
  });
  return { files: { ...files, connections: new Map(connections) }, findings };
}

/** Secrets as an apply sends them. One that is not in the environment is left out, and so stays, where the installation has it. */
export function secretsFor(files: Definitions, there: Definitions, names: readonly string[], environment: Environment): { secrets: ReadonlyMap<string, JsonObject>; findings: Finding[] } {
  const findings: Finding[] = [];
  const secrets = new Map<string, JsonObject>();
  for (const name of names) {
    const connection = files.connections.get(name)!;
    const found: JsonObject = {};
    for (const field of secretsOf(connection.connector)) {
      const value = connection.settings[field];
      if (!isFromEnvironment(value)) continue;
      const text = environment(value.env);
      if (text !== undefined) found[field] = text;
      else if (there.connections.get(name)?.settings[field] === undefined) findings.push(unset(name, field, value.env));
    }
    secrets.set(name, found);
  }
  return { secrets, findings };
} // prettier-ignore

const unset = (connection: string, field: string, env: string): Finding => ({
  file: `${connection}.connection.yaml`,
  code: 'ENVIRONMENT_UNSET',
  path: `/settings/${field}`,
  detail: `takes its value from ${env}, which is not set`,
});

function ofType(connector: string, field: string, text: string): JsonObject[string] {
  const properties = (installedConnectors.get(connector)?.settings['properties'] ?? {}) as Record<string, { type?: string }>;
  const type = properties[field]?.type;
  if ((type === 'integer' || type === 'number') && /^-?\d+(\.\d+)?$/.test(text)) return Number(text);
  return type === 'boolean' && /^(true|false)$/.test(text) ? text === 'true' : text;
}
