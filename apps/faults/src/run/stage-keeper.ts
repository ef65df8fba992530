import { openStage, type Stage } from '../stage.js';
import type { WorldOptions } from '../supervisor/world.js';

/** One stage, opened when it is first asked for, and a new one after it was broken. */
export class StageKeeper {
  private stage: Stage | undefined;

  constructor(readonly options: WorldOptions) {}

  async get(): Promise<Stage> {
    return (this.stage ??= await openStage(this.options));
  }

  /** What was found in it would be found again. */
  async close(): Promise<void> {
    const { stage } = this;
    this.stage = undefined;
    await stage?.close();
  }
}
