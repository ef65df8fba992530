/**
 * A process that only evaluates expressions. Started with an empty environment and hardened flags; it gets one batch at a time
 * and answers item by item, so that the first item without an answer is the one to blame when it is killed.
 */
import { compile, failureFacts, output, type Compiled, type MappingFailureFacts, type TableRows } from '@waybill/mapping-language';
import { patient } from './patient.js';
import { isTrial, received, type BatchMessage, type EvaluationItem } from './protocol.js';

const compiled = new Map<string, Compiled>();
const tables = new Map<string, TableRows>();
const compiledMax = 500;

function expression(source: string): Compiled {
  let found = compiled.get(source);
  if (!found) {
    found = compile(source);
    if (compiled.size >= compiledMax) compiled.clear();
    compiled.set(source, found);
  }
  return found;
}

async function evaluate(
  item: EvaluationItem,
  given: BatchMessage,
): Promise<{ text: string } | { failure: MappingFailureFacts } | { empty: true }> {
  try {
    const { input, expression: source, optional, ...rest } = item;
    const visible = Object.fromEntries(given.tableVersions.map(([name, version]) => [name, tables.get(`${name}@${version}`)!]));
    const value = await expression(source).evaluate(input, { ...rest, tables: visible });
    if (value === undefined && optional) return { empty: true };
    return { text: output(value) };
  } catch (error) {
    return { failure: failureFacts(error) };
  }
}

const processorMs = (): number => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1_000;
};

process.on('message', (message: BatchMessage) => {
  void (async () => {
    for (const table of message.newTables) {
      for (const name of tables.keys()) if (name.startsWith(`${table.name}@`) && tables.size > 200) tables.delete(name);
      tables.set(`${table.name}@${table.version}`, table);
    }
    for (const [index, item] of message.items.entries())
      process.send!({ index, ...(await patient(() => evaluate(received(item), message), processorMs)) });
    for (const table of message.newTables) if (isTrial(table)) tables.delete(`${table.name}@${table.version}`);
  })();
});
process.on('disconnect', () => process.exit(0));
process.send!({ ready: true });
