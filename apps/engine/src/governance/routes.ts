/** Who may do what, and who did it. */
import { roleRoutes } from './access/role-routes.js';
import { approvalRoutes } from './approvals/approval-routes.js';
import { auditRoutes } from './audit/audit-routes.js';
import { keyRoutes } from './identity/key-routes.js';
import { secondFactorRoutes } from './identity/second-factor-routes.js';
import { sessionRoutes } from './identity/session-routes.js';
import { userRoutes } from './identity/user-routes.js';
import { viewRoutes } from './views/view-routes.js';

/** In the order of the documentation. */
export const governanceRoutes = {
  ...sessionRoutes,
  ...secondFactorRoutes,
  ...userRoutes,
  ...roleRoutes,
  ...keyRoutes,
  ...auditRoutes,
  ...approvalRoutes,
  ...viewRoutes,
};
