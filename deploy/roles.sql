-- Run once as the owner after the first migrate. The web role may add to the record but not change it, even if a
-- trigger were gone; tables belong to the owner, who is not the web role.
CREATE ROLE sanwei_web LOGIN PASSWORD :'web_password';
GRANT USAGE ON SCHEMA public TO sanwei_web;
GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO sanwei_web;
GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO sanwei_web;
REVOKE UPDATE, DELETE, TRUNCATE ON core_entry, core_seal, units_planversion FROM sanwei_web;
-- What is to be told is announced once and not reworded; its progress is noted.
REVOKE UPDATE, DELETE, TRUNCATE ON core_announcement FROM sanwei_web;
GRANT UPDATE (due_at, attempts, told_at, parked_at, last_error) ON core_announcement TO sanwei_web;
GRANT UPDATE (outcome, opinion, decided_by_id, decided_at) ON units_planversion TO sanwei_web;
