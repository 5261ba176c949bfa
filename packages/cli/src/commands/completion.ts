import { UsageError, type Arguments, type Command, type Io } from "../command.ts";

const SHELLS = ["bash", "zsh", "fish"] as const;
type Shell = (typeof SHELLS)[number];

const usage = `Usage: arcjet completion ${SHELLS.join("|")}

Prints what makes a shell complete the commands and options of arcjet. To have it in every shell:

  bash   echo 'eval "$(arcjet completion bash)"' >> ~/.bashrc
  zsh    echo 'eval "$(arcjet completion zsh)"' >> ~/.zshrc
  fish   arcjet completion fish > ~/.config/fish/completions/arcjet.fish`;

const optionsOf = ({ options }: Command): readonly string[] =>
  [...Object.keys(options), "help"].map((name) => `--${name}`);

function bash(commands: readonly Command[]): string {
  const cases = commands
    .map((command) => `    ${command.name}) words="${optionsOf(command).join(" ")}" ;;`)
    .join("\n");
  return `_arcjet() {
  local current="\${COMP_WORDS[COMP_CWORD]}" words=""
  if [ "$COMP_CWORD" -eq 1 ]; then
    COMPREPLY=($(compgen -W "${commands.map(({ name }) => name).join(" ")} --help" -- "$current"))
    return
  fi
  case "\${COMP_WORDS[1]}" in
${cases}
  esac
  case "$current" in
    -*) COMPREPLY=($(compgen -W "$words" -- "$current")) ;;
    *) COMPREPLY=($(compgen -f -- "$current")) ;;
  esac
}
complete -o filenames -F _arcjet arcjet`;
}

/** Text between single quotes of a shell. */
const quoted = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`;

function zsh(commands: readonly Command[]): string {
  const names = commands
    .map(({ name, summary }) => `    ${quoted(`${name}:${summary.replaceAll(":", "\\:")}`)}`)
    .join("\n");
  const cases = commands
    .map(
      (command) =>
        `    ${command.name}) _arguments ${optionsOf(command).map(quoted).join(" ")} '*:file:_files' ;;`,
    )
    .join("\n");
  return `_arcjet() {
  local -a commands=(
${names}
  )
  if (( CURRENT == 2 )); then
    _describe command commands
    return
  fi
  local command="\${words[2]}"
  shift words
  (( CURRENT-- ))
  case "$command" in
${cases}
  esac
}
compdef _arcjet arcjet`;
}

function fish(commands: readonly Command[]): string {
  return commands
    .flatMap(({ name, summary, options }) => [
      `complete -c arcjet -n __fish_use_subcommand -a ${name} -d ${quoted(summary)}`,
      ...[...Object.keys(options), "help"].map(
        (option) => `complete -c arcjet -n '__fish_seen_subcommand_from ${name}' -l ${option}`,
      ),
    ])
    .join("\n");
}

const WRITERS: Readonly<Record<Shell, (commands: readonly Command[]) => string>> = {
  bash,
  zsh,
  fish,
};

function complete(given: Arguments, io: Io, commands: readonly Command[]): number {
  const shell = SHELLS.find((shell) => shell === given.positionals[0]);
  if (shell === undefined) throw new UsageError(`completion needs one of ${SHELLS.join(", ")}`);
  io.out(WRITERS[shell](commands));
  return 0;
}

/** `arcjet completion`, for these commands and itself. */
export function completion(others: readonly Command[]): Command {
  const own: Command = {
    name: "completion",
    summary: "make a shell complete arcjet's commands",
    usage,
    options: {},
    run: async (given, io) => complete(given, io, [...others, own]),
  };
  return own;
}
