import type { Routes } from '../../platform/http/route.js';
import { permissions } from './permissions.js';

const known = new Set<string>([...Object.keys(permissions), 'public', 'signed-in']);

/** The keyword of a field that only some callers of a route get or may send. */
export const fieldPermission = 'x-permission';

/** Permissions that fields of a schema declare. */
export function fieldPermissionsIn(schema: unknown): string[] {
  if (typeof schema !== 'object' || schema === null) return [];
  return Object.entries(schema).flatMap(([name, part]) =>
    name === fieldPermission && typeof part === 'string' ? [part] : fieldPermissionsIn(part),
  );
}

/** Routes, and fields of routes, whose permission is missing or is none of the table; each in a sentence. Nothing is built with one. */
export function undeclaredIn(routes: Routes): string[] {
  return Object.entries(routes).flatMap(([id, route]) => {
    const fields = [route.query, route.body, route.response].flatMap(fieldPermissionsIn);
    return [
      ...(known.has(route.permission) ? [] : [`${id} needs no permission of the table: ${String(route.permission)}`]),
      ...fields
        .filter((name) => !Object.hasOwn(permissions, name))
        .map((name) => `a field of ${id} needs no permission of the table: ${name}`),
    ];
  });
}
