export default { buildDirectory: "../../node_modules/.fixture" };
