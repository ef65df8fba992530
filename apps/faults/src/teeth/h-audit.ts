import type { Tooth } from './tooth.js';

/** The audit log: rows 78 and 80. */
export const auditTeeth: readonly Tooth[] = [
  {
    name: 'an entry is committed by itself',
    row: '80',
    ofGroup: true,
    replacements: [
      {
        file: 'governance/audit/audit.store.js',
        find: 'await tx.query(`insert into audit_entry',
        replace:
          "globalThis.aside ??= new (await import('pg')).default.Pool({ connectionString: process.env.DATABASE_URL, max: 4 });\n        await globalThis.aside.query(`insert into audit_entry",
      },
    ],
  },
  {
    name: 'the application may change an entry',
    row: '78',
    replacements: [],
    sql: 'grant update, delete on audit_entry to waybill_app; alter table audit_entry disable trigger user',
  },
];
