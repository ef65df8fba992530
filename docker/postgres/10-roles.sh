#!/bin/sh
# Two roles that sign in: the owner changes the schema, the application reads and writes rows. So the application cannot change the audit log,
# whatever happens to it. The third, waybill_person, is taken by the application while it answers a caller who sees some legal entities only. Runs once, when the volume is empty.
set -eu
psql --set=ON_ERROR_STOP=1 --username postgres \
  --set=owner_password="$DATABASE_OWNER_PASSWORD" --set=app_password="$DATABASE_APP_PASSWORD" <<'SQL'
create role waybill_owner login password :'owner_password';
create role waybill_app login password :'app_password';
create role waybill_person nologin;
grant waybill_person to waybill_app with inherit false, set true;
create database waybill owner waybill_owner;
revoke connect on database waybill from public;
SQL
