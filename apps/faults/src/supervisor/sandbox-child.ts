/** The sandbox in a process of its own. Arguments: its options as JSON. */
import { startSandbox, type SandboxOptions } from '@waybill/sandbox';

process.on('disconnect', () => process.exit(0)); // the harness is gone
const sandbox = await startSandbox(JSON.parse(process.argv[2]!) as SandboxOptions);
process.send!({ ready: sandbox.url });
process.once('SIGTERM', () => void sandbox.close().then(() => process.exit(0)));
