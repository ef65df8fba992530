/** The connector's reference page. */
export const documentation = `
Sends letters in plain text by any SMTP server: a notice to a customer that the ERP has booked a payment, a word to finance when an invoice was refused.

## Set-up at the mail server
1. **Server.** Port 587 with STARTTLS, or 465 with TLS. Without encryption only to an address that the operator allowed, and without a password.
2. **Sign-in.** A user and a password for this use alone; many providers call it a password for applications.
3. **Sender.** The server must let the user send from the address in _From_, and the domain should list the server (SPF, DKIM), or letters end as spam.

## How it sends
* A letter goes to up to 20 addresses and 20 copies. Where the server refuses some of the addresses and takes others, the letter is sent, and the receipt names
  who was refused.
* \`Message-ID\` is made of the posting key and the content. After a lost answer the letter **is sent again** under the same id: most programs show it once, but a
  reader may see it twice. So never send what must not be read twice.
* The header \`Auto-Submitted\` keeps machines from answering.
* What bounces later comes to the mailbox in _From_ and is not read here.

## What failures mean
A reply of the server is definite: it has not taken the letter. A connection that ends without a reply is in doubt. The table below knows the replies; the enhanced
code (\`5.1.1\`) decides before the plain one (\`550\`). A reply in the 400s that no row knows is tried again.
`.trim();
