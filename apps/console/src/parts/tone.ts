/** Five meanings of colour. A tone never stands alone: there is always an icon and a word with it. */
export type Tone = 'ok' | 'bad' | 'warn' | 'live' | 'idle';
