import type { World } from '../supervisor/world.js';
import { api } from './company.js';

/** A flow as it is, changed for the time of the work, and put back; each is a release of its own. */
export async function withFlow<T>(world: World, flow: string, change: (yaml: string) => string, work: () => Promise<T>): Promise<T> {
  const { yaml } = (await api(world, 'GET', `/v1/flows/${flow}`)) as { yaml: string };
  return amended(yaml, change(yaml), (text) => api(world, 'PUT', `/v1/flows/${flow}`, { yaml: text }), work);
}

/** The same with a mapping; every flow that uses it is released anew. */
export async function withMapping<T>(
  world: World,
  mapping: string,
  change: (source: string) => string,
  work: () => Promise<T>,
): Promise<T> {
  const { source } = (await api(world, 'GET', `/v1/mappings/${mapping}`)) as { source: string };
  return amended(source, change(source), (text) => api(world, 'PUT', `/v1/mappings/${mapping}`, { source: text }), work);
}

async function amended<T>(was: string, is: string, put: (text: string) => Promise<unknown>, work: () => Promise<T>): Promise<T> {
  if (is === was) throw new Error('the change changes nothing: what it looks for is not there');
  await put(is);
  try {
    return await work();
  } finally {
    await put(was);
  }
}
