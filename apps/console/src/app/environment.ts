/** What this engine is called (`production`, `staging`), written into the page by the engine; the host name when it is not. */
export function environmentName(): string {
  const given = document.querySelector<HTMLMetaElement>('meta[name="waybill-environment"]')?.content ?? '';
  if (given !== '' && !given.startsWith('__')) return given[0]!.toUpperCase() + given.slice(1);
  const host = globalThis.location.hostname;
  return host === 'localhost' || host === '127.0.0.1' || host === '[::1]' ? 'Local' : host;
}
