import { limits, type TableRows } from '@waybill/mapping-language';
import { fork, type ChildProcess } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { plainAnswer } from './plain.js';
import { Runaways, lateInARowMax } from './runaways.js';
import { isTrial, sent, within, type BatchMessage, type ChildAnswer, type EvaluationItem, type EvaluationResult } from './protocol.js';

export interface MappingPoolOptions {
  children: number;
  /** Milliseconds that one item may take before its child is killed; where the system tells what a child has computed, only one that computed counts. */
  itemTimeoutMs?: number;
  onEvent?: (event: 'child-started' | 'child-killed' | 'child-crashed', detail: string) => void;
}

/** Batches after which a child is replaced, so that nothing it kept lives long. */
const usesMax = 1_000;
const bootTimeoutMs = 10_000;
/** What is sent to a child at once, in characters: it has 64 MB, and needs several times the weight of what it reads. */
const weightMax = 2_000_000;
/** JSONata's own word for an evaluation that took too long. */
const lateCode = 'D1012';
/** A child that got no processor is waited for, but not for more than so many times of what an item may take. */
const starvedMax = 10;
/** What a child is started with: little memory, no code from text, no way to a prototype, built-in objects that nobody changes. */
export const hardening = [
  '--max-old-space-size=64',
  '--disallow-code-generation-from-strings',
  '--disable-proto=delete',
  '--frozen-intrinsics',
  '--no-warnings',
];

interface Child {
  process: ChildProcess;
  seen: Set<string>;
  uses: number;
}

interface Job {
  items: EvaluationItem[];
  tables: TableRows[];
  done: (results: EvaluationResult[]) => void;
  failed: (error: Error) => void;
}

const timedOut: EvaluationResult = {
  failure: {
    code: 'MAPPING_TIMEOUT',
    category: 'transformation',
    message: `the expression ran longer than ${limits.wallMs / 1000} s and was stopped`,
  },
};
const stopped: EvaluationResult = {
  failure: {
    code: 'MAPPING_STOPPED',
    category: 'transformation',
    message: `the expression ran too long on ${lateInARowMax} records in a row, so this one was not tried`,
  },
};
const crashed: EvaluationResult = {
  failure: {
    code: 'MAPPING_CRASHED',
    category: 'transformation',
    message: 'the expression ended its process twice; it probably needs too much memory',
  },
};

/**
 * Evaluates batches in forked children, never in the engine's own process. An item that computes for too long is answered with a failure at once;
 * one that crashes its child gets one more try alone; the rest of the batch goes on in a fresh child. An expression that is late on everything is
 * not tried for a while.
 */
export class MappingPool {
  private readonly idle: Child[] = [];
  private readonly waiting: Job[] = [];
  private readonly all = new Set<ChildProcess>();
  private readonly runaways = new Runaways();
  private running = 0;
  private closed = false;

  constructor(private readonly options: MappingPoolOptions) {}

  /** Results in the order of the items. `tables` are the versions that the expressions may read. */
  evaluate(items: EvaluationItem[], tables: TableRows[] = []): Promise<EvaluationResult[]> {
    if (items.length === 0) return Promise.resolve([]);
    if (this.closed) return Promise.reject(new Error('the mapping pool is closed'));
    const plain = items.map(plainAnswer);
    const hard = items.filter((_, index) => plain[index] === undefined);
    if (hard.length === 0) return Promise.resolve(plain as EvaluationResult[]);
    return new Promise((done, failed) => {
      const merge = (answers: EvaluationResult[]) => {
        let next = 0;
        done(plain.map((answer) => answer ?? answers[next++]!));
      };
      this.waiting.push({ items: hard, tables, done: merge, failed });
      void this.next();
    });
  }

  async close(): Promise<void> {
    this.closed = true;
    for (const child of this.all) child.kill('SIGKILL');
    while (this.all.size > 0) await new Promise((done) => setTimeout(done, 10));
  }

  private async next(): Promise<void> {
    if (this.running >= this.options.children) return;
    const job = this.waiting.shift();
    if (!job) return;
    this.running += 1;
    try {
      job.done(await this.work(job));
    } catch (error) {
      job.failed(error as Error);
    } finally {
      this.running -= 1;
      void this.next();
    }
  }

  private async work(job: Job): Promise<EvaluationResult[]> {
    const results: EvaluationResult[] = [];
    let alone = false; // the first unanswered item crashed once and is tried by itself
    while (results.length < job.items.length) {
      const rest = this.tried(job.items.slice(results.length, alone ? results.length + 1 : undefined));
      if (rest.length === 0) {
        results.push(stopped);
        alone = false;
        continue;
      }
      const child = this.idle.pop() ?? (await this.start());
      const ended = await this.batch(child, within(rest, weightMax), job.tables, results);
      if (ended === 'done') {
        alone = false;
        child.uses += 1;
        if (child.uses >= usesMax || this.closed) child.process.kill('SIGKILL');
        else this.idle.push(child);
      } else if (ended === 'timeout') {
        this.options.onEvent?.('child-killed', 'an expression ran too long');
        this.runaways.wasLate(job.items[results.length]!.expression, performance.now());
        results.push(timedOut);
        alone = false;
      } else if (ended === 'late') {
        this.options.onEvent?.('child-killed', 'an expression ran too long, and more records would have followed');
        alone = false;
      } else {
        this.options.onEvent?.('child-crashed', 'an expression ended its process');
        if (alone) results.push(crashed);
        alone = !alone;
      }
      if (this.closed) throw new Error('the mapping pool is closed');
    }
    return results;
  }

  /** Those from the first on that are not stopped: at the first that is, the batch is cut. */
  private tried(items: EvaluationItem[]): EvaluationItem[] {
    const now = performance.now();
    const verdicts = new Map<string, boolean>();
    const stops = (expression: string): boolean => {
      const known = verdicts.get(expression) ?? this.runaways.stops(expression, now);
      verdicts.set(expression, known);
      return known;
    };
    const end = items.findIndex(({ expression }) => stops(expression));
    return end < 0 ? items : items.slice(0, end);
  }

  /**
   * Sends items and appends their answers; says how it ended. The clock starts anew with each answer. After a late one the child ends when the
   * same expression would come again: what follows is sent when its verdict is known.
   */
  private batch(
    child: Child,
    items: EvaluationItem[],
    tables: TableRows[],
    results: EvaluationResult[],
  ): Promise<'done' | 'timeout' | 'late' | 'crash'> {
    const newTables = tables.filter((table) => isTrial(table) || !child.seen.has(`${table.name}@${table.version}`));
    for (const table of newTables) if (!isTrial(table)) child.seen.add(`${table.name}@${table.version}`);
    const message: BatchMessage = { items: items.map(sent), newTables, tableVersions: tables.map((table) => [table.name, table.version]) };
    return new Promise((settle) => {
      let left = items.length;
      const finish = (how: 'done' | 'timeout' | 'late' | 'crash') => {
        clearTimeout(clock);
        child.process.off('message', answered);
        child.process.off('exit', exited);
        settle(how);
      };
      const itemMs = this.options.itemTimeoutMs ?? limits.wallMs;
      const computedMs = processorMs(child.process.pid);
      let waits = 0;
      // The clock says that time went by, not who had it: on a machine that is overloaded, and after this process was held, the item may
      // not have begun. Were it stopped as one that runs too long, a good record would be called a bad one.
      const late = () => {
        const now = processorMs(child.process.pid);
        waits += 1;
        if (now !== undefined && computedMs !== undefined && now - computedMs < itemMs / 2 && waits < starvedMax) {
          clock = setTimeout(late, itemMs);
          return;
        }
        child.process.kill('SIGKILL');
        finish('timeout');
      };
      const answered = (answer: ChildAnswer) => {
        if (!('index' in answer)) return;
        const { index, ...result } = answer;
        const { expression } = items[index]!;
        results.push(result);
        left -= 1;
        const wasLate = 'failure' in result && result.failure.code === lateCode;
        if (wasLate) this.runaways.wasLate(expression, performance.now());
        else this.runaways.wasInTime(expression);
        if (left === 0) return finish('done');
        if (wasLate && items.slice(index + 1).some((next) => next.expression === expression)) {
          child.process.kill('SIGKILL');
          return finish('late');
        }
        clearTimeout(clock);
        waits = 0;
        clock = setTimeout(late, itemMs);
      };
      const exited = () => finish('crash');
      let clock = setTimeout(late, itemMs);
      child.process.on('message', answered);
      child.process.once('exit', exited);
      child.process.send(message, (error) => {
        if (error) finish('crash');
      });
    });
  }

  private start(): Promise<Child> {
    const process = fork(childFile(), {
      env: {},
      execArgv: hardening,
      serialization: 'json',
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    });
    this.all.add(process);
    process.once('exit', () => {
      this.all.delete(process);
      const index = this.idle.findIndex((child) => child.process === process);
      if (index >= 0) this.idle.splice(index, 1);
    });
    this.options.onEvent?.('child-started', String(process.pid));
    return new Promise((done, failed) => {
      const giveUp = (why: string) => {
        clearTimeout(clock);
        process.kill('SIGKILL');
        failed(new Error(`a mapping process did not start: ${why}`));
      };
      const exited = () => giveUp('it ended at once');
      const clock = setTimeout(() => giveUp('no answer in 10 s'), bootTimeoutMs);
      process.once('exit', exited);
      process.once('message', () => {
        clearTimeout(clock);
        process.off('exit', exited);
        done({ process, seen: new Set(), uses: 0 });
      });
    });
  }
}

/** The compiled child; the sources stand beside `dist`, and tests run from them. */
function childFile(): string {
  const beside = fileURLToPath(new URL('./child.js', import.meta.url));
  return existsSync(beside) ? beside : fileURLToPath(new URL('../../../dist/platform/mapping-runtime/child.js', import.meta.url));
}

/** What a process has computed since it began, where /proc tells it; its clock ticks a hundred times a second. */
function processorMs(pid: number | undefined): number | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const fields = stat.slice(stat.lastIndexOf(') ') + 2).split(' ');
    return (Number(fields[11]) + Number(fields[12])) * 10;
  } catch {
    return undefined; // another system, or the child has ended
  }
}
