// What can be known of the images without a container engine: files that exist, roles that are played, settings that are settings.
import { describe, expect, it } from '@jest/globals';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parse } from 'yaml';

interface Service {
  command?: string[];
  environment: Record<string, string>;
  healthcheck?: { test: string[] };
  depends_on?: Record<string, { condition: string }>;
  stop_grace_period?: string;
  volumes?: string[];
}

const root = resolve(import.meta.dirname, '..');
const text = (path: string) => readFileSync(join(root, path), 'utf8');
const compose = parse(text('docker/compose.yaml'), { merge: true }) as {
  services: Record<string, Service>;
  volumes: Record<string, unknown>;
};
const services = Object.entries(compose.services);
const ours = services.filter(([, service]) => service.environment['WAYBILL_ROLES'] !== undefined);

/** Who an address signs in as, with whatever password is put in. */
const user = (service: Service, name: string) => new URL(service.environment[name]!.replace(/\$\{[^}]+\}/g, 'x')).username;

describe('docker/compose.yaml', () => {
  it('plays every role', () => {
    const played = ours.flatMap(([, service]) => service.environment['WAYBILL_ROLES']!.split(','));
    expect(played.sort()).toEqual(['api', 'scheduler', 'worker']);
  });

  it.each(services)('%s says when it is healthy', (_, service) => {
    expect(service.healthcheck?.test.length).toBeGreaterThan(1);
  });

  it.each(ours)('%s is given settings that exist', (_, service) => {
    const known = [...text('docs/reference/configuration.md').matchAll(/^\| `([A-Z_]+)`/gm)].map(([, name]) => name);
    expect(known.length).toBeGreaterThan(15);
    expect(Object.keys(service.environment).filter((name) => !known.includes(name))).toEqual([]);
  });

  it.each(ours)('%s works as the application, migrates as the owner, and has time to finish its calls', (_, service) => {
    expect(user(service, 'DATABASE_URL')).toBe('waybill_app');
    expect(user(service, 'DATABASE_MIGRATE_URL')).toBe('waybill_owner');
    expect(Number.parseInt(service.stop_grace_period ?? '0', 10)).toBeGreaterThan(30);
  });

  it('waits for what is healthy, and for services that exist', () => {
    const waits = services.flatMap(([, service]) => Object.entries(service.depends_on ?? {}));
    expect(waits.filter(([name, { condition }]) => !(name in compose.services) || condition !== 'service_healthy')).toEqual([]);
  });

  it('keeps a Redis that throws nothing away and survives a restart', () => {
    const words = compose.services['redis']!.command!.join(' ');
    expect(words).toContain('--maxmemory-policy noeviction');
    expect(words).toContain('--appendonly yes');
  });

  it('has no secret in it: each is asked for by name, and the example names each', () => {
    const asked = [...text('docker/compose.yaml').matchAll(/\$\{([A-Z_]+)/g)].map(([, name]) => name!);
    const offered = [...text('docker/.env.example').matchAll(/^([A-Z_]+)=/gm)].map(([, name]) => name!);
    expect([...new Set(asked)].sort()).toEqual([...offered].sort());
    expect(
      services
        .flatMap(([, s]) => Object.entries(s.environment))
        .filter(([name, value]) => /PASSWORD|KEY/.test(name) && !value.startsWith('${')),
    ).toEqual([]);
  });

  it('makes the two roles that the addresses name', () => {
    const script = 'docker/postgres/10-roles.sh';
    expect(statSync(join(root, script)).mode & 0o111).not.toBe(0);
    for (const role of ['waybill_owner', 'waybill_app']) expect(text(script)).toContain(`create role ${role} login`);
  });
});

describe('docker/Dockerfile', () => {
  const lines = text('docker/Dockerfile').replaceAll('\\\n', ' ').split('\n');
  const copied = lines
    .filter((line) => line.startsWith('COPY ') && !line.includes('--from='))
    .flatMap((line) => line.split(/\s+/).slice(1, -1));

  it.each(copied)('copies %s, which exists', (path) => {
    expect(existsSync(join(root, path))).toBe(true);
  });

  it('installs from the manifest of every package', () => {
    const packages = [
      ...['apps', 'clients', 'connectors'].flatMap((folder) => readdirSync(join(root, folder)).map((name) => `${folder}/${name}`)),
      'mappings/language',
    ];
    const manifests = packages.map((folder) => `${folder}/package.json`).filter((path) => existsSync(join(root, path)));
    expect(copied.filter((path) => path.endsWith('/package.json')).sort()).toEqual(manifests.sort());
  });

  it('runs as nobody special, says when it is healthy, and starts the command that is built', () => {
    expect(lines).toContain('USER node');
    expect(lines.some((line) => line.startsWith('HEALTHCHECK '))).toBe(true);
    const [, file] = /^ENTRYPOINT \["node", "([^"]+)"\]$/m.exec(lines.join('\n'))!;
    expect(existsSync(join(root, file!.replace('/dist/', '/src/').replace(/\.js$/, '.ts')))).toBe(true);
  });

  it('leaves nothing out of the build that it copies', () => {
    const ignored = text('.dockerignore').split('\n').filter(Boolean);
    expect(copied.filter((path) => ignored.includes(path))).toEqual([]);
  });
});
