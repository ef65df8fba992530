import { t } from '../../language/index.js';
import { PageHead } from '../../parts/page.js';
import { FindTrace } from './find-trace.js';

export function Page() {
  return (
    <>
      <PageHead
        title={t('Lineage')}
        name={t('Lineage')}
        lead={t(
          'From one call of your product to the document in the ERP, and back: where a number comes from, and what became of it. Every sum on the way is checked.',
        )}
      />
      <FindTrace />
    </>
  );
}
