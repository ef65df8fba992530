/** Of what people keep. */
export const limits = {
  /** Views of one person. */
  viewsMax: 100,
  nameMax: 60,
  /** Words behind the question mark of an address, and how long one may be. */
  keysMax: 20,
  valueMax: 500,
} as const;
