import { amountOf, isJsonObject, money, readExact, type ExactJson, type ExactNumber, type JsonObject } from '@waybill/sdk';

export type ExactObject = { [key: string]: ExactJson };

/** A decimal of a document as a JSON number, digit by digit; `007.50` becomes 7.50, for JSON knows no leading zeros. */
export const exact = (decimal: string): ExactNumber => amountOf(money.add(decimal));

/** The object that an answer holds, its numbers as text; undefined when it holds none: an error page, a list, nothing. */
export function objectOf(text: string): JsonObject | undefined {
  try {
    const value = readExact(text);
    return isJsonObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}
