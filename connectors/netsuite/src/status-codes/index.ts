import type { ErrorRow } from '@waybill/sdk';
import { access } from './access.js';
import { books } from './books.js';
import { elsewhere } from './elsewhere.js';
import { masterData } from './master-data.js';
import { requests } from './requests.js';
import { worded } from './worded.js';

/** One row for each of the 1,399 status codes of Oracle's 2023.2 type list (StatusDetailCodeType), reviewed one by one. No row stands for the rest. */
export const statusCodes: readonly ErrorRow[] = [...masterData, ...books, ...requests, ...access, ...elsewhere].flat();

/** What decides: the codes, and finer rows for sentences that come under a wide code. */
export const errorTable: readonly ErrorRow[] = [...statusCodes, ...worded];
