import { Controller, Inject } from '@nestjs/common';
import { In, Route, type Caller, type Input } from '../../platform/http/index.js';
import { Problem } from '../../platform/problems/index.js';
import { governanceRoutes as routes } from '../routes.js';
import { SecondFactorStore } from './second-factor.store.js';
import { SessionStore } from './sessions.store.js';

/** What somebody sees and changes of their own: sessions and the second factor. */
@Controller()
export class OwnController {
  constructor(
    @Inject(SessionStore) private readonly sessions: SessionStore,
    @Inject(SecondFactorStore) private readonly secondFactor: SecondFactorStore,
  ) {}

  @Route(routes.listMySessions)
  listMySessions(@In() input: Input<typeof routes.listMySessions>) {
    return this.sessions.list({ ...input.query, user: person(input.caller).id }, input.caller);
  }

  @Route(routes.endMySession)
  async endMySession(@In() input: Input<typeof routes.endMySession>) {
    await this.sessions.end(input.params.id, input.actor, person(input.caller).id);
    return { done: true };
  }

  @Route(routes.endMyOtherSessions)
  async endMyOtherSessions(@In() input: Input<typeof routes.endMyOtherSessions>) {
    return { ended: await this.sessions.endOthers(person(input.caller), input.actor) };
  }

  @Route(routes.getSecondFactor)
  getSecondFactor(@In() input: Input<typeof routes.getSecondFactor>) {
    return this.secondFactor.state(person(input.caller).id);
  }

  @Route(routes.beginSecondFactor)
  beginSecondFactor(@In() input: Input<typeof routes.beginSecondFactor>) {
    return this.secondFactor.begin(person(input.caller), input.body.current);
  }

  @Route(routes.confirmSecondFactor)
  async confirmSecondFactor(@In() input: Input<typeof routes.confirmSecondFactor>) {
    return { recoveryCodes: await this.secondFactor.confirm(person(input.caller), input.body.code, input.actor) };
  }

  @Route(routes.renewRecoveryCodes)
  async renewRecoveryCodes(@In() input: Input<typeof routes.renewRecoveryCodes>) {
    return { recoveryCodes: await this.secondFactor.renewCodes(person(input.caller), input.body.current, input.actor) };
  }

  @Route(routes.removeSecondFactor)
  async removeSecondFactor(@In() input: Input<typeof routes.removeSecondFactor>) {
    await this.secondFactor.remove(person(input.caller), input.body.current, input.actor);
    return { done: true };
  }
}

function person(caller: Caller): Caller {
  if (caller.kind !== 'user') throw new Problem('FORBIDDEN', 'An API key has no sessions and no second factor.');
  return caller;
}
