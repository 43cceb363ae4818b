/** Raised where a typed value is not understood, with the sentence to show. */
export class BadValue extends Error {}
