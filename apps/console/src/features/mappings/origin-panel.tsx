import { Text } from '@mantine/core';
import { placeText, type Place, type Range, type Trace } from '@waybill/mapping-language';
import { counted, rich, t } from '../../language/index.js';
import { pointerOf, withoutPlaces, type JsonSpot } from './json-places.js';
import classes from './panels.module.css';
import { lineAt } from './sample.js';

/** What a person points at: a value of the output, or of the sample. */
export type Picked = { in: 'output'; path: string[] } | { in: 'source' | 'enriched'; path: string[] };

/** `out:/lines/0/amount`, as it stands in the address. */
export const pickedText = ({ in: where, path }: Picked): string =>
  `${{ output: 'out', source: 'in', enriched: 'enriched' }[where]}:${pointerOf(path)}`;

export function pickedOf(text: string | undefined): Picked | undefined {
  const match = /^(out|in|enriched):((?:\/.*)?)$/.exec(text ?? '');
  if (!match) return undefined;
  const path = match[2]!.split('/').slice(1).map((name) => name.replaceAll('~1', '/').replaceAll('~0', '~')); // prettier-ignore
  return { in: ({ out: 'output', in: 'source', enriched: 'enriched' } as const)[match[1] as 'out'], path };
}

/** Parts of the expression and of the sample that have to do with what is picked. */
export function shownBy(picked: Picked | undefined, traced: Trace | undefined): { ranges: Range[]; places: Place[] } {
  if (!picked || !traced) return { ranges: [], places: [] };
  if (picked.in === 'output') {
    const { trails, reads } = traced.originOf(picked.path);
    return { ranges: trails.flat(), places: reads };
  }
  const place: Place = { root: picked.in, path: withoutPlaces(picked.path) };
  return { ranges: traced.readersOf(place).at, places: [place] };
}

/** Where a value comes from, or where it is read: from the syntax tree alone, and where that cannot tell, it says so. */
export function OriginPanel({
  picked,
  traced,
  source,
  spots,
  onGo,
  onPlace,
}: {
  picked: Picked | undefined;
  traced: Trace | undefined;
  source: string;
  /** Of the sample as it is shown. */
  spots: readonly JsonSpot[];
  onGo: (range: Range) => void;
  onPlace: (place: Place) => void;
}) {
  if (!picked)
    return (
      <Text size="sm" c="dimmed">
        {t(
          'Click a value of the output to see the expression and the fields that it is made of, or a value of the sample to see where the mapping reads it. By keyboard: Ctrl Enter where the cursor is.',
        )}
      </Text>
    );
  if (!traced)
    return (
      <Text size="sm" c="dimmed">
        {t('The text is no expression at the moment, so nothing can be said of where values come from.')}
      </Text>
    );
  return picked.in === 'output' ? (
    <Made picked={picked.path} traced={traced} source={source} onGo={onGo} onPlace={onPlace} />
  ) : (
    <Read place={{ root: picked.in, path: withoutPlaces(picked.path) }} traced={traced} source={source} onGo={onGo} count={spots.length} />
  );
}

function Made({ picked, traced, source, onGo, onPlace }: { picked: string[]; traced: Trace; source: string; onGo: (range: Range) => void; onPlace: (place: Place) => void }) {
  const { exact, why, depth, trails, reads, decides } = traced.originOf(picked);
  const names = withoutPlaces(picked);
  return (
    <section aria-label={t('Origin')}>
      <div className={classes.head}>
        <span>
          {rich('Output {{place}}', { place: <code>{pointerOf(picked) || t('as a whole')}</code> })}
        </span>
        {exact ? null : (
          <span role="status">
            {why === 'the expression makes no such field'
              ? t('The expression makes no such field.')
              : t('It can be followed to {{place}}, and no further: {{why}}.', { place: depth === 0 ? t('the whole output') : `/${names.slice(0, depth).join('/')}`, why: why ?? '' })}
          </span>
        )}
      </div>
      <div className={classes.columns}>
        <div>
          <h3>{trails.length > 1 ? t('Made by one of these') : t('Made by')}</h3>
          {trails.length === 0 ? <Text size="sm">{t('Nothing that can be told.')}</Text> : null}
          <ol className={classes.list} aria-label={t('Expressions')}>
            {trails.slice(0, 12).map((trail, index) => (
              <li key={index}>
                {trail.map((range, step) => (
                  <div key={step} style={{ paddingLeft: step * 14 }}>
                    <PlaceInText range={range} source={source} onGo={onGo} />
                  </div>
                ))}
              </li>
            ))}
          </ol>
          {trails.length > 12 ? <Text size="sm">{t('And {{count}} more.', { count: trails.length - 12 })}</Text> : null}
        </div>
        <div>
          <h3>{t('Made of')}</h3>
          <Places places={reads} onPlace={onPlace} none={t('Nothing of the record: it stands in the expression.')} />
          {decides.length > 0 ? (
            <>
              <h3 style={{ marginTop: 12 }}>{t('Decided by')}</h3>
              <Places places={decides} onPlace={onPlace} none="" />
            </>
          ) : null}
        </div>
      </div>
    </section>
  );
} // prettier-ignore

function Read({ place, traced, source, onGo, count }: { place: Place; traced: Trace; source: string; onGo: (range: Range) => void; count: number }) {
  const { exact, at } = traced.readersOf(place);
  const used = traced.isUsed(place);
  return (
    <section aria-label={t('Where it is read')}>
      <div className={classes.head}>
        <span>
          {rich('Sample {{place}}', { place: <code>{placeText(place)}</code> })}
        </span>
        <span role="status">
          {at.length === 0
            ? used
              ? t('It holds fields that the mapping reads; it is not read itself.')
              : count === 0
                ? t('The sample is empty.')
                : t('The mapping does not read it.')
            : exact
              ? used
                ? counted(at.length, 'Read in {{count}} place.', 'Read in {{count}} places.')
                : counted(at.length, 'Read in {{count}} place, and nothing of the output depends on it.', 'Read in {{count}} places, and nothing of the output depends on it.')
              : t('The mapping takes what holds it as a whole; whether it reads this field of it cannot be told.')}
        </span>
      </div>
      <ol className={classes.list} aria-label={t('Places in the mapping')}>
        {at.map((range) => (
          <li key={range.from}>
            <PlaceInText range={range} source={source} onGo={onGo} />
          </li>
        ))}
      </ol>
    </section>
  );
} // prettier-ignore

const excerptMax = 110;

export function PlaceInText({ range, source, onGo }: { range: Range; source: string; onGo: (range: Range) => void }) {
  const text = source.slice(range.from, range.to).replaceAll(/\s+/g, ' ');
  return (
    <button type="button" className={classes.code} onClick={() => onGo(range)}>
      <span className={classes.dim}>{t('Line {{lineAt}}', { lineAt: lineAt(source, range.from) })} </span>
      {text.length > excerptMax ? `${text.slice(0, excerptMax - 1)}…` : text}
    </button>
  );
}

export function Places({ places, onPlace, none }: { places: readonly Place[]; onPlace: (place: Place) => void; none: string }) {
  if (places.length === 0)
    return none ? (
      <Text size="sm" c="dimmed">
        {none}
      </Text>
    ) : null;
  return (
    <ul className={classes.list} aria-label={t('Fields')}>
      {places.slice(0, 40).map((place) => (
        <li key={placeText(place)} style={{ padding: 0, border: 0 }}>
          {place.root === 'source' || place.root === 'enriched' ? (
            <button type="button" className={classes.code} onClick={() => onPlace(place)}>
              {placeText(place)}
            </button>
          ) : (
            <code style={{ padding: '1px 4px' }}>{placeText(place)}</code>
          )}
        </li>
      ))}
      {places.length > 40 ? <li>{t('And {{count}} more.', { count: places.length - 40 })}</li> : null}
    </ul>
  );
}
