import { Controller, Inject } from '@nestjs/common';
import { ReadLog } from '../../governance/index.js';
import { In, Route, type Input } from '../../platform/http/index.js';
import { textHash } from '../../platform/json/index.js';
import { pieceOf } from './payload-search.js';
import { payloadSearchRoutes as routes } from './payload-search-routes.js';
import { PayloadSearch } from './payload-search.store.js';

@Controller()
export class PayloadSearchController {
  constructor(
    @Inject(PayloadSearch) private readonly search: PayloadSearch,
    @Inject(ReadLog) private readonly reads: ReadLog,
  ) {}

  /**
   * Who learns what is in a payload has read it, whether it is shown or asked for: the search is entered with the fields that it asks for, and what it finds as if it
   * had been opened. Both before the answer leaves.
   */
  @Route(routes.searchPayloads)
  async step(@In() { body: { payload, ...wanted }, caller, actor }: Input<typeof routes.searchPayloads>) {
    const piece = pieceOf(payload);
    const step = await this.search.step(piece, wanted, caller.scope);
    await this.reads.noteAll(actor, [
      {
        action: 'message.payloads-searched',
        object: { kind: 'payloads', id: `${step.from} ${step.to}` },
        what: `payloads received from ${step.from} to ${step.to} for the fields ${piece.fields}`,
        otherwise: textHash(payload).toString('hex'),
      },
      ...step.items.map(({ id }) => ({
        action: 'message.payload-read',
        object: { kind: 'message', id },
        what: `the payloads of message ${id}`,
      })),
    ]);
    return step;
  }
}
