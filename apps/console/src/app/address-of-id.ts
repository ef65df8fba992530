import { t } from '../language/index.js';
/** Where an id leads, by its prefix. Ids are typed, so a pasted one needs no further question. */
export function addressOfId(text: string): { kind: string; href: string } | undefined {
  const usage = /^ue_[1-9][0-9]{0,18}$/.exec(text.trim());
  if (usage) return { kind: t('usage event'), href: `/usage?sel=${usage[0]}` };
  const match = /^(msg|exc|run|apr|aud|usr|key|usm|can|ctr|era|drf)_[0-9a-z]{10,}$/.exec(text.trim());
  if (!match) return undefined;
  const id = match[0];
  switch (match[1]) {
    case 'msg':
      return { kind: t('message'), href: `/messages/${id}` };
    case 'exc':
      return { kind: t('exception'), href: `/exceptions?view=list&state=all&sel=${id}` };
    case 'run':
      return { kind: t('run'), href: `/runs/${id}` };
    case 'ctr':
      return { kind: t('run of a control'), href: `/recon/-/${id}` };
    case 'apr':
      return { kind: t('approval'), href: `/approvals?state=all&sel=${id}` };
    case 'usm':
      return { kind: t('usage summary'), href: `/usage/summaries/${id}` };
    case 'can':
      return { kind: t('lineage of a document'), href: `/trace/document/${id}` };
    case 'era':
      return { kind: t('erasure'), href: `/erasures?sel=${id}` };
    case 'drf':
      return { kind: t('draft of a table'), href: `/tables/-/drafts/${id}` };
    case 'key':
      return { kind: t('API key'), href: '/access?tab=keys' };
    case 'usr':
      return { kind: t('user'), href: '/access?tab=users' };
    default:
      return { kind: t('audit entry'), href: `/audit?sel=${id}` };
  }
}
