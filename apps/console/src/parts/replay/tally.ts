const endedStates = ['skipped', 'duplicate', 'superseded', 'resolved'];
const stoppedStates = ['exception', 'held', 'in_doubt'];
const movingStates = ['ready', 'claimed', 'in_flight'];

/** How far a replay is, from the messages of its run by state: those that were accepted, and those that the hub made of them on the way. */
export function replayTally(messages: Record<string, number>, accepted: number) {
  const sum = (states: string[]) => states.reduce((total, state) => total + (messages[state] ?? 0), 0);
  const posted = sum(['posted']);
  const other = sum(endedStates);
  const stopped = sum(stoppedStates);
  const ended = posted + other + stopped;
  const moving = sum(movingStates);
  const all = Math.max(accepted, ended + moving, 1);
  return {
    all,
    posted,
    other,
    stopped,
    ended,
    finished: ended >= accepted && moving === 0,
    postedPercent: (posted / all) * 100,
    otherPercent: (other / all) * 100,
    stoppedPercent: (stopped / all) * 100,
  };
}
