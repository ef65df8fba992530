// Contracts that vendors publish, read by tests and not part of this repository (their licences differ). `WAYBILL_CONTRACTS`
// names the folder, by default `../shared/contracts` beside the repository. A test that misses it says so and is skipped.
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

/** @param {string} vendor the folder inside, such as `stripe` */
export function contractsOf(vendor) {
  const folder = join(process.env.WAYBILL_CONTRACTS ?? resolve(import.meta.dirname, '../../shared/contracts'), vendor);
  return {
    missing: existsSync(folder) ? undefined : `no contracts at ${folder}; set WAYBILL_CONTRACTS`,
    text: (file) => readFileSync(join(folder, file), 'utf8'),
    json: (file) => JSON.parse(readFileSync(join(folder, file), 'utf8')),
  };
}
