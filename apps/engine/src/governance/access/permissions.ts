/** Every permission, as the end of the sentence "may …". */
export const permissions = {
  'message.read': 'see messages, runs and the overview',
  'message.replay': 'replay messages',
  'exception.read': 'see exceptions',
  'exception.work': 'assign, snooze, comment on and resolve exceptions',
  'exception.govern': 'set the working hours in which the clock of exceptions runs',
  'payload.edit': 'correct single fields of what stopped, never amounts or identity',
  'connection.read': 'see connections',
  'connection.write': 'make, change, try and pause connections',
  'flow.read': 'see flows and packs',
  'flow.write': 'save, pause and resume flows, submit and withdraw releases, and install packs',
  'flow.govern': 'decide which flows need an approval for a release',
  'release.steer': 'shadow, share, make live, stop and roll back releases',
  'mapping.read': 'see mappings and try them on samples',
  'mapping.write': 'save mappings and their golden cases',
  'mapping.override': 'save a mapping although a golden case is red',
  'table.read': 'see tables',
  'table.write': 'make tables, draft and write rows',
  'table.govern': 'decide which tables need an approval for a change',
  'schema.read': 'see schemas',
  'canonical.read': 'see canonical objects',
  'usage.read': 'see usage events, meters and summaries',
  'usage.write': 'send usage events',
  'usage.correct': 'correct and cancel usage events',
  'usage-type.write': 'define types of usage events',
  'run.start': 'start and cancel polls and backfills',
  'meter.write': 'save and activate meters',
  'usage.seal': 'seal periods of usage',
  'control.read': 'see controls, their runs and their gaps',
  'control.write': 'save and pause controls',
  'control.run': 'run controls',
  'control.work': 'accept gaps and prepare checkpoints',
  'control.review': 'review, lock and reopen checkpoints',
  'operations.read': 'see what processes, queue, connections and database are doing',
  'alert.read': 'see alerts, their rules and what was sent',
  'alert.acknowledge': 'acknowledge alerts',
  'alert.write': 'make alert rules and channels, and send notices again',
  'approval.read': 'see approvals',
  'approval.decide': 'approve or reject what their role may decide',
  'unassigned.read': 'see documents and deliveries that no legal entity is known for yet',
  'audit.read': 'read the audit log',
  'audit.export': 'export the audit log',
  'subject.erase': 'have what is personal of a customer erased',
  'view.save': 'keep views of lists',
  'view.share': 'share views with everybody, and change and remove shared ones',
  'access.read': 'see users, roles and API keys',
  'access.write': 'make and change users and API keys',
} as const;
export type Permission = keyof typeof permissions;

/** Permissions that widen what a caller sees, and that no route asks for. */
export const scopePermissions: readonly Permission[] = ['unassigned.read'];

const look: Permission[] = [
  'message.read',
  'exception.read',
  'connection.read',
  'flow.read',
  'mapping.read',
  'table.read',
  'schema.read',
  'canonical.read',
  'usage.read',
  'approval.read',
  'control.read',
  'alert.read',
  'view.save',
];

interface Role {
  title: string;
  summary: string;
  permissions: readonly Permission[];
}

export const roles = {
  admin: {
    title: 'Administrator',
    summary: 'Runs the installation and gives access',
    permissions: Object.keys(permissions) as Permission[],
  },
  integrator: {
    title: 'Integrator',
    summary: 'Connects systems, writes mappings and flows, replays',
    permissions: [
      ...look,
      'unassigned.read',
      'connection.write',
      'flow.write',
      'release.steer',
      'mapping.write',
      'table.write',
      'meter.write',
      'control.write',
      'control.run',
      'usage.write',
      'usage-type.write',
      'run.start',
      'message.replay',
      'exception.work',
      'payload.edit',
      'alert.acknowledge',
      'alert.write',
      'view.share',
    ],
  },
  'finance-operator': {
    title: 'Finance operator',
    summary: 'Works the exceptions: corrects tables, fields and usage, replays, resolves; seals periods of usage',
    permissions: [
      ...look,
      'unassigned.read',
      'table.write',
      'usage.correct',
      'usage.seal',
      'message.replay',
      'exception.work',
      'payload.edit',
      'control.run',
      'control.work',
      'alert.acknowledge',
      'view.share',
    ],
  },
  'finance-approver': {
    title: 'Finance approver',
    summary: 'Approves what a policy holds; sets the working hours of legal entities',
    permissions: [...look, 'approval.decide', 'exception.govern', 'control.run', 'control.review', 'alert.acknowledge', 'view.share'],
  },
  ops: {
    title: 'Operations',
    summary: 'Keeps it running: pauses, polls, replays, rolls releases back',
    permissions: [
      ...look,
      'unassigned.read',
      'connection.write',
      'release.steer',
      'operations.read',
      'run.start',
      'message.replay',
      'audit.read',
      'control.run',
      'alert.acknowledge',
      'alert.write',
      'view.share',
    ],
  },
  auditor: {
    title: 'Auditor',
    summary: 'Reads everything, changes nothing',
    permissions: [...look, 'unassigned.read', 'operations.read', 'audit.read', 'audit.export', 'access.read'],
  },
  viewer: { title: 'Viewer', summary: 'Looks on', permissions: look },
} as const satisfies Record<string, Role>;
export type RoleName = keyof typeof roles;

export const isRole = (name: string): name is RoleName => Object.hasOwn(roles, name);
export const permissionsOf = (names: readonly string[]): Set<string> =>
  new Set(names.filter(isRole).flatMap((name) => [...roles[name].permissions]));
