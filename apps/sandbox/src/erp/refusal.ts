/** Every way the ERP says no, with its status. Clients decide by the code, never by the sentence. */
export const refusalStatus = {
  UNAUTHORIZED: 401,
  NOT_FOUND: 404,
  DUPLICATE_EXTERNAL_ID: 409,
  DUPLICATE_REFERENCE: 409,
  ALREADY_VOIDED: 409,
  FIELD_INVALID: 422,
  AMOUNT_NOT_TEXT: 422,
  TOO_MANY_DECIMALS: 422,
  INVALID_LEGAL_ENTITY: 422,
  CUSTOMER_NOT_FOUND: 422,
  CUSTOMER_INACTIVE: 422,
  TAX_CODE_NOT_FOUND: 422,
  TAX_CODE_REQUIRED: 422,
  ACCOUNT_NOT_FOUND: 422,
  ITEM_NOT_FOUND: 422,
  CURRENCY_NOT_FOUND: 422,
  PERIOD_CLOSED: 422,
  PERIOD_NOT_FOUND: 422,
  TOTALS_MISMATCH: 422,
  NOT_BALANCED: 422,
  DOCUMENT_NOT_FOUND: 422,
  OVER_APPLIED: 422,
  HAS_APPLICATIONS: 422,
} as const;

export type RefusalCode = keyof typeof refusalStatus;

/** Thrown before anything is changed, so a refusal never leaves half a document behind. */
export class Refusal extends Error {
  readonly status: number;
  constructor(
    readonly code: RefusalCode,
    message: string,
    readonly field?: string,
    readonly existing?: string,
  ) {
    super(message);
    this.status = refusalStatus[code];
  }
  body() {
    return {
      error: {
        code: this.code,
        message: this.message,
        ...(this.field === undefined ? {} : { field: this.field }),
        ...(this.existing === undefined ? {} : { existing: this.existing }),
      },
    };
  }
}
