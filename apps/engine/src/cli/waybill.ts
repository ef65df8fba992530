#!/usr/bin/env node
import 'reflect-metadata';

const usage = `waybill serve               Run the engine and the console
waybill verify-audit FILE   Check an export of the audit log, offline
waybill export FOLDER       Write what an installation does as files, for Git
waybill check FOLDER        Say what is wrong with such files, and what differs from an installation
waybill apply FOLDER        Make an installation do what the files say
waybill rotate-keys         Seal the secrets with a new master key
waybill compare-samples     Say what changed between two versions of a vendor's API, and what of it mappings read
waybill bench               Measure what this machine does (waybill bench messages)
waybill help                This text

Settings come from the environment; docs/reference/configuration.md lists them.`;

const [command = 'serve', ...args] = process.argv.slice(2);
const out = (text: string): void => void process.stdout.write(text);
const whole = (error: unknown): string => String((error as Error)?.stack ?? error);

async function definitions(command: 'export' | 'check' | 'apply'): Promise<number> {
  const { runDefinitions, surroundingsOf } = await import('./definitions/command.js');
  return runDefinitions(command, args, surroundingsOf(out)).catch((error: unknown) => {
    process.stderr.write(`\nStopped: ${whole(error)}\n`);
    return 2;
  });
}

/** Each command loads what it needs: an export is verified without the engine, in a fraction of the time that loading it takes. */
const commands: Record<string, () => Promise<number | undefined>> = {
  async serve() {
    const { runServe, whyNot } = await import('./serve/command.js');
    return runServe().then(
      () => undefined,
      (error: unknown) => {
        process.stderr.write(`\nWaybill cannot start: ${whyNot(error)}\n`);
        process.exit(1);
      },
    );
  },
  async bench() {
    const { runBench } = await import('./bench/command.js');
    const code = await runBench(args).catch((error: unknown) => {
      process.stderr.write(`\nThe bench failed: ${whole(error)}\n`);
      return 1;
    });
    process.exit(code);
  },
  async 'rotate-keys'() {
    const { runRotateKeys } = await import('./rotate-keys/command.js');
    const code = await runRotateKeys(args, (line) => out(`${line}\n`)).catch((error: unknown) => {
      process.stderr.write(`\nThe keys were not all rotated; what was done stays: ${whole(error)}\n`);
      return 1;
    });
    process.exit(code);
  },
  async 'verify-audit'() {
    const { runVerifyAudit } = await import('./verify-audit/command.js');
    return runVerifyAudit(args, out).catch((error: unknown) => {
      process.stderr.write(`\nNot checked: ${whole(error)}\n`);
      return 2;
    });
  },
  export: () => definitions('export'),
  check: () => definitions('check'),
  apply: () => definitions('apply'),
  async 'compare-samples'() {
    const { runCompareSamples } = await import('./compare-samples/command.js');
    return runCompareSamples(args, out).catch((error: unknown) => {
      process.stderr.write(`\nNot compared: ${whole(error)}\n`);
      return 2;
    });
  },
  help() {
    out(`${usage}\n`);
    return Promise.resolve(0);
  },
};

if (!Object.hasOwn(commands, command)) {
  out(`${usage}\n`);
  process.exitCode = 2;
} else {
  const code = await commands[command]!();
  if (code !== undefined) process.exitCode = code;
}
