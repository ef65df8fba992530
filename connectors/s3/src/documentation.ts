/** The connector's reference page. */
export const documentation = `
Drops objects into a bucket for a warehouse or a lake to load: newline-delimited JSON, compressed if you like, partitioned by date. For Amazon S3, and for what speaks like it:
MinIO, Ceph, Cloudflare R2, Google Cloud Storage with HMAC keys.

## Set-up
1. **A bucket and a user of its own** with \`s3:PutObject\`, \`s3:GetObject\` and \`s3:ListBucket\` on the bucket and the prefix. Without \`s3:ListBucket\` S3 answers a look-up of what is not
   there with 403, and after a lost answer nobody can tell.
2. **Endpoint and region.** \`https://s3.<region>.amazonaws.com\`. A service inside your network needs its range in \`WAYBILL_EGRESS_ALLOW\`.
3. Credentials that end need their session token. When they have ended, the connection says so, and what was waiting goes on when new ones are entered.

## Objects
\`object\` writes one object of the records of one document:

\`\`\`
<prefix>/date=2026-11-27/<name>-<our key>.ndjson[.gz]
\`\`\`

* **How many records an object holds is what the mapping puts into \`records\`**: one invoice with its lines, or a day's summary; at most 10,000 records and 5 MB before
  compression. A document with more is refused and not cut in two. Many small objects cost a warehouse more than few large ones: feed it from documents that gather, such as summaries of usage.
* The date is the document's own. It is in the name, so it must not be the day of sending.
* Every object says of itself, in its metadata, our key, how many records it has, and the SHA-256 of its content before compression.
* Requests are signed with Signature Version 4, content included.

## A repeat
The name is made of the document and our key, so a repeat means the same object, and \`If-None-Match: *\` keeps the one that is there. After a lost answer the name is looked up. A service
that ignores the header writes the same name again: still one object. A bucket with versions then has two versions of it.
Loaders that read a prefix should remember names, as all of them do, and take no notice of the time of an object.

No machine-readable contract of S3 is among those that tests read. The tests' double does what S3's reference says, and verifies each signature by a calculation of its own.
`.trim();
