import { Type, type Static } from '@sinclair/typebox';
import { Count, Maybe } from '../platform/http/fields.js';

const said = (description: string) => Maybe(Type.String({ description }));
const counted = <const C extends string>(code: C, description: string) =>
  Type.Object({ code: Type.Literal(code), count: Count(description) });

/** What is so, in parts, for whoever says it in words of their own; the title and the detail of the item say the same in English. */
export const AttentionFact = Type.Union([
  Type.Object({ code: Type.Literal('connection-silent'), connection: Type.String(), said: said('What the last failed call said') }),
  Type.Object({ code: Type.Literal('connection-failing'), connection: Type.String(), said: said('What the last failed call said') }),
  Type.Object({ code: Type.Literal('release-stopped'), flow: Type.String(), version: Type.Integer(), said: said('Why it stopped') }),
  Type.Object({
    code: Type.Literal('control-failed'),
    control: Type.String(),
    period: Type.String({ description: 'The month, such as `2026-11`' }),
    said: said('Why it could not be run'),
  }),
  Type.Object({
    code: Type.Literal('control-gaps'),
    control: Type.String(),
    period: Type.String({ description: 'The month, such as `2026-11`' }),
    gaps: Count('To explain'),
    drift: Count('Documents that changed in the ERP after posting'),
  }),
  Type.Object({
    code: Type.Literal('synthetic'),
    check: Type.String(),
    trouble: Type.String({ description: '`late`, `wrong` or `failed-to-start`' }),
    said: said('The first thing that its run says'),
    open: Type.Boolean({ description: 'Whether its run has not ended' }),
    owner: Type.String(),
  }),
  Type.Object({
    code: Type.Literal('promise-missed'),
    flow: Type.String(),
    share: Type.Number({ description: 'Percent of its documents that are promised in time' }),
    keptShare: Type.Number({ description: 'Percent that came in time, rounded down to hundredths' }),
    late: Count('Documents that came late'),
    delayed: Count('Of these, still on their way'),
  }),
  Type.Object({
    code: Type.Literal('exceptions'),
    documents: Count('Of this cause'),
    late: Count('Of these, over their time'),
    cause: Type.String({ description: 'In English, with the words of the vendor' }),
    remedy: Type.String({ description: 'In English' }),
    owners: Count('How many people they are given to'),
  }),
  counted('deliveries-unread', 'Deliveries that the connector did not understand'),
  counted('alerts-unheard', 'Alerts that could not be delivered within the last day'),
  counted('in-doubt', 'Documents of which it is not known whether they were posted'),
  counted('approvals', 'Documents that wait for a decision'),
  Type.Object({ code: Type.Literal('delayed'), count: Count('Documents'), minutes: Type.Integer({ description: 'They wait for longer' }) }),
  counted('paused', 'Flows and connections'),
]);
export type AttentionFact = Static<typeof AttentionFact>;
