import type { ProblemItem } from '../../platform/problems/index.js';

/** Something wrong with a file, with its place in it. */
export interface Finding extends ProblemItem {
  /** Relative to the folder. */
  file: string;
}

/** `invoices.flow.yaml:12  /to/connection  there is no connection "erp"  There are …` */
export const inWords = ({ file, line, column, path, detail, remedy }: Finding): string =>
  `${file}${line === undefined ? '' : `:${line}${column === undefined ? '' : `:${column}`}`}  ${path && path !== '/' ? `${path}  ` : ''}${detail}${remedy ? `  ${remedy}` : ''}`;
