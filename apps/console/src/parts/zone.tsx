import { createContext, use, type ReactNode } from 'react';

export type Zone = 'local' | 'utc';

const ZoneContext = createContext<{ zone: Zone; setZone: (zone: Zone) => void }>({ zone: 'local', setZone: () => {} });

export function ZoneProvider({ zone, setZone, children }: { zone: Zone; setZone: (zone: Zone) => void; children: ReactNode }) {
  return <ZoneContext value={{ zone, setZone }}>{children}</ZoneContext>;
}

export const useZone = () => use(ZoneContext);
export const zoneName = (zone: Zone): string | undefined => (zone === 'utc' ? 'UTC' : undefined);
