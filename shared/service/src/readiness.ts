/** Null when the process takes work; otherwise what it waits for, in words. */
export type Readiness = () => string | null;
