import { settingsOfProcess } from '../../config/index.js';
import { EmbeddedDatabaseError } from '../../platform/database/index.js';
import { QueueRefused } from '../../platform/queue/index.js';
import { BootError, serve, type Engine } from '../../serve.js';

/** Runs until a signal, then drains. Prints for people; the log goes to standard output as JSON only from level warn in a terminal. */
export async function runServe(): Promise<void> {
  const { settings, problems } = settingsOfProcess();
  if (problems.length > 0) {
    process.stderr.write(
      `Waybill cannot start; ${problems.length === 1 ? 'one setting is' : `${problems.length} settings are`} wrong:\n${problems.map((p) => `  - ${p}`).join('\n')}\n`,
    );
    process.exitCode = 2;
    return;
  }
  const say = (line: string) => process.stdout.write(`${line}\n`);
  const life: { engine?: Engine; asked?: string; stopping?: true } = {};
  // A signal during the boot is obeyed when the boot is done; a second one changes nothing.
  const stop = (signal: string) => {
    life.asked ??= signal;
    if (!life.engine || life.stopping) return;
    life.stopping = true;
    say(`\n${signal}: finishing what is under way …`);
    life.engine.stop().then(
      () => {
        say('Stopped.');
        process.exit(0);
      },
      (error: unknown) => {
        process.stderr.write(`Stopping failed: ${String(error)}\n`);
        process.exit(1);
      },
    );
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => stop(signal));
  process.on('disconnect', () => stop('The parent went away'));
  const engine = (life.engine = await serve(settings, (step) => say(`  ${step}`)));
  say(`\nWaybill is ready at ${engine.url}`);
  if (engine.admin?.password)
    say(`  Sign in as ${engine.admin.email} with the password ${engine.admin.password} (shown once; change it in the console)`);
  else if (engine.admin) say(`  Sign in as ${engine.admin.email} with the password you set`);
  say(`  Data: ${engine.dataPlace} · queue: ${engine.queue === 'redis' ? 'Redis' : 'PostgreSQL'}`);
  say('  Stop with Ctrl-C');
  process.send?.({ ready: engine.url });
  if (life.asked !== undefined) stop(life.asked);
}

/** Why it does not start: a sentence where that is known, else the whole trace. */
export const whyNot = (error: unknown): string =>
  error instanceof BootError || error instanceof EmbeddedDatabaseError || error instanceof QueueRefused
    ? error.message
    : String((error as Error)?.stack ?? error);
