import {
  UsageError,
  type Arguments,
  type Command,
  type CommandEntry,
  type Io,
} from "../command.ts";

const SHELLS = ["bash", "zsh", "fish"] as const;
type Shell = (typeof SHELLS)[number];

/** A command that is loaded, with its name. */
type Named = Command & Pick<CommandEntry, "name" | "summary">;

const usage = `Usage: arcjet completion ${SHELLS.join("|")}

Prints what makes a shell complete the commands and options of arcjet. To have it in every shell:

  bash   echo 'eval "$(arcjet completion bash)"' >> ~/.bashrc
  zsh    echo 'eval "$(arcjet completion zsh)"' >> ~/.zshrc    (after compinit)
  fish   arcjet completion fish > ~/.config/fish/completions/arcjet.fish`;

const namesOf = ({ options }: Command): readonly string[] => [...Object.keys(options), "help"];
const optionsOf = (command: Command): readonly string[] =>
  namesOf(command).map((name) => `--${name}`);
const hasValue = ({ options }: Command, name: string): boolean => options[name]?.type === "string";

/** Text between single quotes of a shell. */
const quoted = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`;

function bash(commands: readonly Named[]): string {
  const cases = commands.map((command) => {
    const { name, words = [] } = command;
    return `    ${name}) options="${optionsOf(command).join(" ")}" words="${words.join(" ")}" ;;`;
  });
  const choices = commands.flatMap(({ name, choices = {} }) =>
    Object.entries(choices).map(
      ([option, values]) => `    "${name} --${option}") words="${values.join(" ")}" ;;`,
    ),
  );
  return `_arcjet() {
  local current="\${COMP_WORDS[COMP_CWORD]}" previous="\${COMP_WORDS[COMP_CWORD - 1]}"
  local options="" words=""
  if [ "$COMP_CWORD" -eq 1 ]; then
    COMPREPLY=($(compgen -W "${commands.map(({ name }) => name).join(" ")} --help" -- "$current"))
    return
  fi
  case "\${COMP_WORDS[1]}" in
${cases.join("\n")}
  esac
  [ "$COMP_CWORD" -eq 2 ] || words=""
  case "\${COMP_WORDS[1]} $previous" in
${choices.join("\n")}
  esac
  case "$current" in
    -*) COMPREPLY=($(compgen -W "$options" -- "$current")) ;;
    *) COMPREPLY=($(compgen -W "$words" -- "$current"))
       [ -n "$words" ] || COMPREPLY=($(compgen -f -- "$current")) ;;
  esac
}
complete -o filenames -F _arcjet arcjet`;
}

/** What zsh's _arguments takes for one option. */
function zshOption(command: Command, name: string): string {
  const values = command.choices?.[name];
  if (values !== undefined) return quoted(`*--${name}:${name}:(${values.join(" ")})`);
  return quoted(hasValue(command, name) ? `*--${name}:${name}:_files` : `--${name}`);
}

function zsh(commands: readonly Named[]): string {
  const names = commands.map(
    ({ name, summary }) => `    ${quoted(`${name}:${summary.replaceAll(":", "\\:")}`)}`,
  );
  const cases = commands.map((command) => {
    const first = command.words ? [quoted(`1:action:(${command.words.join(" ")})`)] : [];
    const options = namesOf(command).map((name) => zshOption(command, name));
    return `    ${command.name}) _arguments ${[...options, ...first, "'*:file:_files'"].join(" ")} ;;`;
  });
  return `_arcjet() {
  local -a commands=(
${names.join("\n")}
  )
  if (( CURRENT == 2 )); then
    _describe command commands
    return
  fi
  local command="\${words[2]}"
  shift words
  (( CURRENT-- ))
  case "$command" in
${cases.join("\n")}
  esac
}
compdef _arcjet arcjet`;
}

function fish(commands: readonly Named[]): string {
  return commands
    .flatMap((command) => {
      const { name, summary, words, choices } = command;
      const seen = `complete -c arcjet -n '__fish_seen_subcommand_from ${name}'`;
      return [
        `complete -c arcjet -n __fish_use_subcommand -f -a ${name} -d ${quoted(summary)}`,
        ...(words ? [`${seen} -f -a ${quoted(words.join(" "))}`] : []),
        ...namesOf(command).map((option) => {
          const values = choices?.[option];
          if (values) return `${seen} -l ${option} -x -a ${quoted(values.join(" "))}`;
          return `${seen} -l ${option}${hasValue(command, option) ? " -r" : ""}`;
        }),
      ];
    })
    .join("\n");
}

const WRITERS: Readonly<Record<Shell, (commands: readonly Named[]) => string>> = {
  bash,
  zsh,
  fish,
};

async function complete(
  given: Arguments,
  io: Io,
  entries: readonly CommandEntry[],
): Promise<number> {
  const shell = SHELLS.find((shell) => shell === given.positionals[0]);
  if (shell === undefined) throw new UsageError(`completion needs one of ${SHELLS.join(", ")}`);
  const commands = await Promise.all(
    entries.map(async ({ name, summary, load }) => ({ ...(await load()), name, summary })),
  );
  io.out(WRITERS[shell](commands));
  return 0;
}

/** `arcjet completion`, for these commands. */
export function completion(entries: readonly CommandEntry[]): Command {
  return {
    usage,
    words: SHELLS,
    options: {},
    run: (given, io) => complete(given, io, entries),
  };
}
