/** How far one search of payloads goes. */
export const pieceLengthMax = 2_000;
export const pieceDepthMax = 12;
/** A search goes over so many days at most, and over the last of them where nobody says over which. */
export const daysMax = 31;
export const hoursUnlessTold = 24;
/** Messages that one search looks through, the newest of its time. */
export const candidatesMax = 50_000;
/** One step of it: so many messages, or as many as it gets to in so long, or until so many are found. */
export const stepMessages = 2_000;
export const stepMs = 2_000;
export const foundMax = 50;
/** Payloads that one statement reads, and how long it may take. */
export const batchMessages = 100;
export const statementMs = 10_000;
