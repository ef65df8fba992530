/** The connector's reference page. */
export const documentation = `
Reads CSV files that somebody puts into a folder, and writes CSV files into one: on the machine of the engine, or on an SFTP server.

## Set-up
* **A folder on this machine.** An operator allows it, or a folder around it, with \`WAYBILL_FOLDERS_ALLOW\`; nothing else can be opened, and links that lead out of
  it are not followed. Where several processes of the engine run on several machines, each of them needs the folder under the same path.
* **An SFTP server.** A user of its own, with a password or a private key. Enter the **fingerprint of the server's host key**, as
  \`ssh-keygen -lf /etc/ssh/ssh_host_ed25519_key.pub\` shows it on the server, not as a first connection happens to show it. A server with another key is refused
  before anybody signs in. A server inside your network needs its range in \`WAYBILL_EGRESS_ALLOW\`.

## Rows in
Flows begin at the stream \`rows\`. The body of a record is the row: each column's value as text, as it stands in the file. \`$delivery\` has \`file\`, \`row\` (as a
spreadsheet counts, so the first row behind a header is 2), \`rows\`, \`checksum\` and \`key\`.

**When a file is read.** Names that begin with a dot, or end in \`.part\`, \`.partial\`, \`.filepart\`, \`.tmp\`, \`.temp\`, \`.crdownload\`, \`.swp\` or \`~\`, are of files that are
still being written. Of the others
* \`quiet\`: size and time must have stayed the same for the quiet time, by the engine's own clock between two looks; a file whose time lies an hour and the quiet time back
  is complete at once. A file that still grows **holds back those behind it**.
* \`marker\`: a file with the same name and the marker's ending must lie beside it, and be no older. Write it last.

**What names a row.** A row is named by the SHA-256 of its file's content and its number. The same file a second time, also under another name, is recognised and
brings nothing new. A *corrected* file is another content, and **all its rows are new records**, unless _Key of a row_ names the columns that identify a record: then
a row is a newer version of the record that it names. Set it wherever files may be corrected, extended or sent with overlap.

**What cannot be read.** A file whose rows cannot be told apart (a quote that is never closed, a row over 1 MB), without a usable header or larger than the setting is refused
whole, before its first row. A single row that has too few or too many fields, a misplaced quote or another encoding is refused alone, named by
file and row, with its text; the others go on. \`GET /v1/deliveries/unread?connection=…\` lists what was refused, and the overview says that there is something. A file that is changed or taken away while it is read is told
there too, and what lies there then is another file.

**After a file was read**, and only when its last row is committed, it is moved into the archive (\`invoices.csv\` as \`invoices.3f9a0c12ab34.csv\`, by its checksum), renamed
(\`.read\`), or left and remembered. Refused files are renamed to \`.refused\`, unless files are left.

A **backfill** with a range reads the files of these days, by their time, that lie in the folder; take them out of the archive first.

## Files out
\`file\` writes a header and the rows of the document in UTF-8, RFC 4180, with the connection's delimiter: under a temporary name that begins with a dot, then renamed, so nobody reads half of
it. The name is the document's name, our key and \`.csv\`. The key is the same for every try and every version of a document: a repeat and a newer version are written over the file.
If a reader took the file away in the moment of a lost answer, it comes **a second time under the same name**: a reader that must not take a document twice remembers names.
_Safe for spreadsheets_ puts an apostrophe before text that a spreadsheet would run as a formula; plain numbers stay. Switch it on for files that people open, off for files that programs read.

## Limits and oddities
- A page has 100 rows, so a poll brings up to 5,000 rows each 30 seconds. Over SFTP every page is a connection of its own.
- A file is read through once for its checksum before its first row; over SFTP it is fetched twice.
- 1,000 files of the connection, and 20,000 entries in all, may lie in a folder; 200 columns; 1 MB a row. A file to write: 10,000 rows and 5 MB.
- On SFTP servers without OpenSSH's own rename, an older file of the same name is removed a moment before the new one has its name.
- UTF-16 is not read. A byte order mark of UTF-8 is skipped.
`.trim();
