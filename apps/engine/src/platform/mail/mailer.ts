import type Handlebars from 'handlebars';
import runtime from 'handlebars/runtime.js';
import { createTransport } from 'nodemailer';
import { compiled } from './letters.compiled.js';
import type { Letter, LetterFacts } from './letters.js';

export interface Mail {
  to: { name: string; address: string };
  letter: Letter;
  facts: LetterFacts;
}

interface Template {
  subject: Handlebars.TemplateDelegate;
  text: Handlebars.TemplateDelegate;
}

/** The runtime alone, which its own types leave empty. */
const bars = runtime as unknown as typeof Handlebars;
const templates = Object.fromEntries(
  Object.entries(compiled).map(([name, { subject, text }]) => [
    name,
    { subject: bars.template(subject as TemplateSpecification), text: bars.template(text as TemplateSpecification) },
  ]),
) as Record<Letter, Template>;

/** A letter with its fields filled in. A line break in a field would begin a header in the subject; there it becomes a space. */
export function write(letter: Letter, facts: LetterFacts): { subject: string; text: string } {
  const plain = Object.freeze({ ...facts });
  const options = { allowProtoPropertiesByDefault: false, allowProtoMethodsByDefault: false };
  return {
    subject: templates[letter].subject(plain, options).replace(/\s+/g, ' '),
    text: templates[letter].text(plain, options),
  };
}

const connectMsMax = 5_000;
const sendMsMax = 15_000;

/** Mail through the server of the settings, or none. Whoever sends must be able to live without: `isOn` says. */
export class Mailer {
  private readonly transport: ReturnType<typeof createTransport> | undefined;

  constructor(
    smtpUrl: string | undefined,
    private readonly from: string,
  ) {
    this.transport =
      smtpUrl === undefined
        ? undefined
        : createTransport({
            url: smtpUrl,
            // A link is as good as a password: it does not cross a network in the clear. A server on this machine needs no TLS.
            ...(isHere(smtpUrl) || smtpUrl.includes('requireTLS=') ? {} : { requireTLS: true }),
            connectionTimeout: connectMsMax,
            greetingTimeout: connectMsMax,
            socketTimeout: sendMsMax,
            disableFileAccess: true,
            disableUrlAccess: true,
          });
  }

  get isOn(): boolean {
    return this.transport !== undefined;
  }

  /** Resolves when the server has taken it; throws when it has not. */
  async send({ to, letter, facts }: Mail): Promise<void> {
    if (!this.transport) throw new Error('there is no mail server: WAYBILL_SMTP_URL is not set');
    await this.transport.sendMail({ from: { name: 'Waybill', address: this.from }, to, ...write(letter, facts) });
  }

  /** Plain text to some people at once. Resolves when the server has taken it for all of them; throws when it has not. */
  async tell({ to, subject, text }: { to: readonly string[]; subject: string; text: string }): Promise<void> {
    if (!this.transport) throw new Error('there is no mail server: WAYBILL_SMTP_URL is not set');
    await this.transport.sendMail({
      from: { name: 'Waybill', address: this.from },
      to: [...to],
      subject: subject.replace(/\s+/g, ' '),
      text,
    });
  }

  close(): void {
    this.transport?.close();
  }
}

const isHere = (url: string): boolean => ['localhost', '127.0.0.1', '[::1]'].includes(new URL(url).hostname);
