const endedStates = ['skipped', 'duplicate', 'superseded', 'resolved'];
const stoppedStates = ['exception', 'held', 'in_doubt'];

/** How far a replay is, from the messages of its run by state. */
export function replayTally(messages: Record<string, number>, accepted: number) {
  const sum = (states: string[]) => states.reduce((total, state) => total + (messages[state] ?? 0), 0);
  const posted = sum(['posted']);
  const other = sum(endedStates);
  const stopped = sum(stoppedStates);
  const all = Math.max(accepted, 1);
  return {
    posted,
    other,
    stopped,
    ended: posted + other + stopped,
    finished: posted + other + stopped >= accepted,
    postedPercent: (posted / all) * 100,
    otherPercent: (other / all) * 100,
    stoppedPercent: (stopped / all) * 100,
  };
}
