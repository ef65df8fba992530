export function skeleton(options: { name: string; title: string; sdk: string }): Record<string, string>;
export function newConnector(options: { name: string; title: string; folder?: string }): Promise<string>;
