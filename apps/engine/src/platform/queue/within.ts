/** Waits for the work, not for ever. */
export async function within(ms: number, work: Promise<unknown> | undefined): Promise<'done' | 'late'> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<'late'>((tell) => (timer = setTimeout(() => tell('late'), ms)));
  try {
    return await Promise.race([(work ?? Promise.resolve()).then(() => 'done' as const), late]);
  } finally {
    clearTimeout(timer);
  }
}
