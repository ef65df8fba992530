/** A regular file right inside a folder, as the folder lists it. */
export interface FolderFile {
  name: string;
  bytes: number;
  /** By the clock of whoever keeps the folder, ISO 8601 UTC with milliseconds. */
  modifiedAt: string;
}

/**
 * One folder that is open. Names are of files right inside of it: nothing of a path, nothing hidden, no link. Every function throws a ConnectorFailure or a
 * TransportFailure; what a look did not find is `undefined`, so a throw never means that.
 */
export interface Folder {
  /** Regular files with names that do not begin with a dot. Throws `misconfigured` when more lie there than a listing holds. */
  list(): Promise<FolderFile[]>;
  look(name: string): Promise<FolderFile | undefined>;
  /** The bytes from `from` to the end, in pieces. Ends with a throw when the file goes away meanwhile. */
  read(name: string, from: number): AsyncIterable<Buffer>;
  /**
   * Writes the file whole: under a temporary name that begins with a dot, then renamed, over an older one of that name. Nobody sees half of it.
   * A TransportFailure with `sent` false: nothing has the name. With `sent` true: it may have it.
   */
  write(name: string, content: Buffer): Promise<void>;
  /** Renames a file, over another of that name; into a folder right inside this one, which is made, when `into` names it. */
  move(name: string, to: { into?: string; name: string }): Promise<void>;
  remove(name: string): Promise<void>;
}

/**
 * Opens a folder on the machine that the engine runs on. The engine gives every connector this function: it opens only what lies in the folders that the
 * operator allowed, links followed, and throws `misconfigured` for everything else.
 */
export type OpenFolder = (path: string) => Promise<Folder>;

const name = /^[^./\\\0-\x1f\x7f][^/\\\0-\x1f\x7f]{0,199}$/;

/** Whether a text can name a file right inside a folder. No dot at its beginning, so that it is neither hidden nor `..`. */
export const isFileName = (text: string): boolean => name.test(text);

/** The name under which a file is written before it has its own. */
export const temporaryName = (of: string): string => `.${of}.part`;
