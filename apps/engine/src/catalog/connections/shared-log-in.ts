import type { Login } from '@waybill/sdk';

/** What a call asks the keeper for. */
export interface LoginAsk {
  /** Names the settings that the login rests on. */
  madeFrom: string;
  /** A token that the system refused: not that one again. */
  refused: string | undefined;
}

/** Gives the one login that all processes share, renewed by one of them when it is over. */
export type LoginKeeper = (ask: LoginAsk, renew: (before: Login | undefined) => Promise<Login>) => Promise<Login>;

/** The shared login of a connection, as this process knows it: calls at the same time ask the keeper once, and not at all while it is good. Pure. */
export class SharedLogIn {
  private known: { madeFrom: string; login: Login } | undefined;
  private asked: { madeFrom: string; login: Promise<Login> } | undefined;

  constructor(
    private readonly keeper: LoginKeeper,
    private readonly now: () => Date,
  ) {}

  /** The connection has changed; what is kept is asked for again. */
  forget(): void {
    this.known = undefined;
    this.asked = undefined;
  }

  /** As one call sees it. `drop` says that the token it was given was refused; a newer one stays. */
  forCall(): { shared(madeFrom: string, renew: (before: Login | undefined) => Promise<Login>): Promise<string>; drop(): void } {
    let given: string | undefined;
    let refused: string | undefined;
    return {
      shared: async (madeFrom, renew) => {
        let login = await this.current({ madeFrom, refused }, renew);
        // Joined somebody who asked before anybody heard that this token is refused.
        if (login.token === refused) login = await this.current({ madeFrom, refused }, renew);
        given = login.token;
        return given;
      },
      drop: () => {
        refused = given;
        if (this.known?.login.token === refused) this.known = undefined;
      },
    };
  }

  private current(ask: LoginAsk, renew: (before: Login | undefined) => Promise<Login>): Promise<Login> {
    const { known, asked } = this;
    if (known?.madeFrom === ask.madeFrom && known.login.token !== ask.refused && isGood(known.login, this.now()))
      return Promise.resolve(known.login);
    if (asked?.madeFrom === ask.madeFrom) return asked.login;
    const login = this.keeper(ask, renew).then(
      (kept) => {
        if (this.asked?.login === login) {
          this.known = { madeFrom: ask.madeFrom, login: kept };
          this.asked = undefined;
        }
        return kept;
      },
      (error: unknown) => {
        if (this.asked?.login === login) this.asked = undefined; // the next call tries again
        throw error;
      },
    );
    this.asked = { madeFrom: ask.madeFrom, login };
    return login;
  }
}

export const isGood = ({ until }: Login, now: Date): boolean => until === undefined || now.getTime() < Date.parse(until);
