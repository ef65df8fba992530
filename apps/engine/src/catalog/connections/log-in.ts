/** The session of a connection, one for all calls of this process. Pure: opening it is an argument. */
export class LogIn {
  private token: Promise<string> | undefined;

  /** Forgets whatever is there: the connection has changed and may be of another account. */
  forget(): void {
    this.token = undefined;
  }

  /**
   * The session as one call sees it. `drop` forgets the token that this call was given and no newer one: when many calls hear at once that a token
   * is over, the first of them logs in again, and the others, who come later, use what it got.
   */
  forCall(): { get(open: () => Promise<string>): Promise<string>; drop(): void } {
    let given: Promise<string> | undefined;
    return {
      get: (open) => {
        this.token ??= this.opened(open);
        given = this.token;
        return given;
      },
      drop: () => {
        if (this.token === given) this.token = undefined;
      },
    };
  }

  private opened(open: () => Promise<string>): Promise<string> {
    const token: Promise<string> = open().catch((error: unknown) => {
      if (this.token === token) this.token = undefined; // the next call tries again
      throw error;
    });
    return token;
  }
}
