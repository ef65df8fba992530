import { family } from './family.js';

/** Sign-in, rights, features, limits, and what leaves it open whether anything was done. */
export const access = [
  family('throttled', 'The concurrency limit of the account is used up; it is shared by everything that talks to it.', `
    CONCURRENCY_LIMIT_EXCEEDED EXCEEDED_MAX_CONCUR_RQST WS_REQUEST_BLOCKED EXCEEDED_MAX_SESSIONS WS_CONCUR_SESSION_DISALLWD
    WS_EXCEEDED_CONCUR_USERS_ALLWD NEW_CONNECTION_DISALLWD`),
  family('throttled', 'Too many requests in a short time; the call was turned away before any work.', `
    SSS_REQUEST_LIMIT_EXCEEDED SSS_QUEUE_LIMIT_EXCEEDED`),
  family('throttled', 'A job of this kind is already running, and only one may run at a time.', `
    CONCUR_BILLPAY_JOB_DISALLWD CONCUR_BULK_JOB_DISALLWD CONCUR_MASS_UPDATE_DISALLWD CONCUR_SEARCH_DISALLWD SSS_TRANS_IN_PROGRESS
    FILE_UPLOAD_IN_PROGRESS RECALCING_PLAN_SCHDUL ACCT_PRDS_BEING_ADDED CANT_EDIT_DPLYMNT_IN_PROGRESS`),
  family('throttled', 'NetSuite or the account is down for maintenance or for a moment and takes no calls.', `
    ACCT_TEMP_UNAVAILABLE ACCT_TEMP_DISABLED`),
  family('transient', 'Somebody else changed the record between our look and our write; nothing was written.', `
    RCRD_HAS_BEEN_CHANGED RCRD_EDITED_SINCE_RETRIEVED CANT_UPDATE_RECRD_HAS_CHANGED MUST_RESUBMIT_RCRD FORM_RESUBMISSION_REQD`),
  family('unauthorized', 'The sign-in was refused: the credentials are wrong, missing or no longer valid.', `
    INVALID_LOGIN INVALID_LOGIN_ATTEMPT INVALID_LOGIN_CREDENTIALS INVALID_PASSWORD INVALID_PSWD PSWD_REQD LOGIN_NAME_AND_PSWD_REQD
    LOGIN_EMAIL_REQD LOGIN_REQD WS_LOG_IN_REQD USER_CONTEXT_REQD INVALID_APP_ID CANT_LOGIN_WITH_OAUTH INVALID_SSO
    VALID_EMAIL_REQD_FOR_LOGIN SUPRT_CNTR_LOGIN_ERROR`),
  family('unauthorized', 'The session or access token has ended.', `
    SESSION_TIMED_OUT INVALID_SESSION SESSION_TERMD_2ND_LOGIN_DECTD TICKET_NOT_LOCATED`),
  family('unauthorized', 'The certificate or signature that proves who we are is not accepted.', `
    INVALID_SIGNATURE INVALID_SIGNATURE_TAG SIGNATURE_VERIFICATION_FAILED INVALID_ALGORITHM INVALID_CERT INVALID_CERTIFICATE_TYPE
    INVALID_CERT_AUTH CERT_AUTH_EXPD CERT_EXPD CERT_UNAVAILABLE INVALID_CRYPT_KEY INVALID_KEY_PASSWORD_REQD`),
  family('unauthorized', 'The password has expired or must be set anew before anybody can sign in with it.', `
    PSWD_EXPIRED CANNOT_RESET_PASSWORD CANT_CHANGE_PSWD MULTI_ACCT_CANT_CHANGE_PSWD INVALID_PASSWORD_LENGTH INVALID_PSWD_HINT
    INVALID_PSWD_ILLEGAL_CHAR PWSDS_DONT_MATCH ANSWER_REQD INVALID_QUESTION`),
  family('unauthorized', 'The sign-in asks for a second factor, which an integration cannot give; it needs a certificate instead.', `
    ADDITIONAL_AUTHENTICATION_REQUIRED_2FA ADDITIONAL_AUTHENTICATION_REQUIRED_SQ TWO_FA_AUTH_REQD TWO_FA_REQD`),
  family('unauthorized', 'The user or the access of the integration is switched off.', `
    LOGIN_DISABLED LOGIN_DISABLED_PARTNER_CTR USER_DISABLED ACCT_DISABLED OPENID_NOT_ENABLED INVALID_OPENID_DOMAIN OPENID_DOMAIN_IN_USE`),
  family('unauthorized', 'The address that we call from is not on the list of the account.', `
    INVALID_LOGIN_IP DISALLWD_IP_ADDRESS INVALID_IP_ADDRESS_RULE CANT_CHANGE_IP_ADDRESS IP_REQUEST`),
  family('misconfigured', 'The role of the integration lacks a permission for this record, field or action.', `
    INSUFFICIENT_PERMISSION INSUFFICIENT_FLD_PERMISSION NOT_ENOUGH_PERMISSIONS PERMISSION_VIOLATION ACCESS_DENIED WS_PERMISSION_REQD
    OI_PERMISSION_REQD PARTNER_ACCESS_DENIED PRIVATE_RCRD_ACCESS_DISALLWD PRIVATE_STATUS_CHNG_DISALLWD CUST_CNTR_USER_ACCESS_ONLY`),
  family('misconfigured', 'The role is missing, inactive or not one that the user has.', `
    INVALID_ROLE ROLE_REQD ROLE_REQUIRED ACTIVE_ROLE_REQD ONE_ROLE_REQD INACTIVE_RCRD_FOR_ROLE CANT_SWITCH_ROLES_FROM_LOGIN
    ONLY_PERMITTED_FOR_LOGGED_IN_USER ONLY_PERMITTED_WHEN_NOT_LOGGED_IN INVALID_ROLE_FOR_EVENT`),
  family('misconfigured', 'Only an administrator may do this, and an integration should not be one.', `
    ADMIN_ACCESS_REQ ADMIN_ACCESS_REQD ADMIN_ONLY_ACCESS ADMIN_USER_REQD NON_ADMIN_CANNOT_INITIATE_LINK ONE_ADMIN_REQD_PER_ACCT`),
  family('misconfigured', 'A feature that the request needs is not switched on in this account.', `
    FEATURE_DISABLED FEATURE_UNAVAILABLE REQUIRED_FEATURE_IS_NOT_ENABLED WS_FEATURE_REQD OI_FEATURE_REQD EXTERNALID_NOT_SUPPORTED
    NO_UPSERT EXCEEDS_ALLWD_LICENSES FULL_USERS_REQD_TO_INTEGRATE EXCEEDED_MAX_USERS_ALLWD STORAGE_LIMIT_EXCEEDED
    TOS_IS_NOT_ACCEPTED INVALID_SUBSCRIPTION_STATUS BILLING_ISSUES INVALID_TRIAL_TYP`),
  family('misconfigured', 'The call goes to the wrong data centre or names a version that this account no longer serves.', `
    WRONG_DC_OR_VERSION INVALID_WS_VERSION UNSUPPORTED_WS_VERSION UPGRADE_WS_VERSION VALID_VERSION_REQD_IN_URL INVALID_URL
    NOT_IMPLEMENTED UNSUPPORTED_METHOD UNRECOGNIZED_METHOD INVALID_METHOD PRODUCT_MODULE_MISMATCH`),
  family('in-doubt', 'NetSuite ran into trouble of its own and does not say how far it came.', `
    UNEXPECTED_ERROR UNEXPECTED_FAILURE UNEXPECTED_PROBLEM_LOADING_RECORD JE_UNEXPECTED_ERROR TRANS_PRCSSNG_ERROR TRANS_NOT_CLEANED
    TRANS_NOT_COMPLETED DATA_RETRIEVAL_ERROR RESPONSE_GENERATION_FAILED UNHANDLED_ERRORS_ON_RESTORE INFINITE_LOOP_DETECTED
    MEMORIZED_TRANS_ERROR SSS_SCRIPT_DESERIALIZATION_FAILURE`),
  family('in-doubt', 'Time ran out, or a server went down, while NetSuite worked, and the work may have been finished all the same.', `
    EXCEEDED_MAX_TIME SSS_APP_SERVER_RESTART SSS_CONNECTION_TIME_OUT SSS_REQUEST_TIME_EXCEEDED SSS_TIME_LIMIT_EXCEEDED OPERATION_NOT_FINISHED
    JOB_NOT_COMPLETE`),
  family('in-doubt', 'A search took too long; a read is asked again with less.', `
    ABORT_SEARCH_EXCEEDED_MAX_TIME SEARCH_TIMED_OUT SSS_SEARCH_TIMEOUT SEARCH_ERROR EXPIRED_SEARCH_CRITERIA REPORT_EXPIRED`),
  family('in-doubt', 'The word says neither yes nor no about the record itself.', `
    WARNING SUCCESS_TRANS WOULD_TRANSFORM _IGNORE _INVESTIGATE`),
]; // prettier-ignore
