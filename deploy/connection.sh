# To be sourced: `address` is DATABASE_URL without its password, which goes to PostgreSQL's client programs by the
# environment, since everybody on the host can read a command line.
address=${DATABASE_URL:?}
if [[ $DATABASE_URL =~ ^([^:/]+://[^:@/]*):([^@/]*)@(.*)$ ]]; then
  address=${BASH_REMATCH[1]}@${BASH_REMATCH[3]}
  password=${BASH_REMATCH[2]//\\/\\\\}
  PGPASSWORD=$(printf '%b' "${password//%/\\x}")
  export PGPASSWORD
  unset password
fi
