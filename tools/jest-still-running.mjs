/**
 * Says every few minutes which test files run for long, so that a run that hangs names its cause. Jest itself tells of a file when it ends, and one that
 * never ends is never told of.
 */
const everyMs = 120_000;
const longMs = 180_000;

export default class StillRunning {
  #since = new Map();
  #tick;

  onRunStart() {
    this.#tick = setInterval(() => this.#say(), everyMs);
    this.#tick.unref();
  }

  onTestFileStart({ path }) {
    this.#since.set(path, Date.now());
  }

  onTestFileResult({ path }) {
    this.#since.delete(path);
  }

  onRunComplete() {
    clearInterval(this.#tick);
  }

  #say() {
    const long = [...this.#since].filter(([, since]) => Date.now() - since > longMs);
    for (const [path, since] of long) process.stderr.write(`still running after ${Math.round((Date.now() - since) / 1_000)} s: ${path}\n`);
  }
}
